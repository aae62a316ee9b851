import type { Question } from '../language/read.ts'
import { onlyIn, type Slot } from './verdict.ts'

/** What turns a sentence into its opposite; of one kind are those that can stand for each other. */
const KINDS = new Map(
  `not not|no not|never not|without not|none not|nobody not|nothing not|nowhere not|neither not|nor not|hardly not|
barely not|scarcely not|lack not|lacks not|lacking not|except except|excluding except|exclude except|unless unless|
avoid avoid|avoiding avoid|prevent avoid|preventing avoid|stop avoid|only only|non not|rarely rarely|seldom rarely`
    .replaceAll('\n', '')
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
)
const PREFIX = /^(?:un|dis|in|im|il|ir|non|mis|de|a)/

/** How often each question denies something, and words that one of them has with a denying prefix. */
export const negation: Slot = {
  guard: 'negation',
  differ(one, other) {
    const denied = onlyIn('denied', kindsOf(one), kindsOf(other))
    return denied ?? prefixed(one, other) ?? prefixed(other, one)
  },
}

function kindsOf({ words }: Question): string[] {
  return words.flatMap(({ text, kind }) => (kind === 'word' && KINDS.has(text) ? [KINDS.get(text)!] : []))
}

/** `legal` in one of them and `illegal` in the other. */
function prefixed(one: Question, other: Question): string | null {
  const plain = new Set(one.words.map(({ stem }) => stem))
  const own = new Set(other.words.map(({ stem }) => stem))
  for (const { stem, kind } of other.words) {
    if (kind !== 'word' || plain.has(stem) || !PREFIX.test(stem)) continue
    const bare = stem.replace(PREFIX, '')
    if (bare.length > 2 && plain.has(bare) && !own.has(bare)) return `opposites: ${bare}, ${stem}`
  }
  return null
}
