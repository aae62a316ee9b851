import type { Random } from './random.ts'
import type { Pair } from './slot-edits.ts'

/** Edits that can be made to a question nobody prepared: what comes out asks for something else. */
type Edit = (question: string, random: Random) => string | null

const NAMES = 'Anders Beatriz Cairo Delhi Emma Fiat Gdansk Hugo Ivan Jakarta Kenya Lucy Mumbai Norway Oscar Peru'.split(
  ' ',
)
const OPPOSITES =
  'before after|more less|buy sell|increase decrease|with without|best worst|first last|open close|win lose|high low|import export|always never|start stop|old young|men women|cheap expensive'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string])
const ASKED = 'When Where Why Who'.split(' ')
const DENIABLE =
  /^(Is|Are|Was|Were|Do|Does|Did|Can|Could|Will|Would|Should|Has|Have) ((?:I|you|we|they|it|he|she|there)|(?:the )?[A-Za-z]+) /

const EDITS: Readonly<Record<string, Edit>> = {
  number: (question, random) =>
    replaceOne(question, /\b\d+\b/g, random, (digits) => String(Number(digits) + 1 + random.below(9))),
  name: (question, random) =>
    replaceOne(question, /(?<=[a-z] )[A-Z][a-z]{3,}\b/g, random, (name) => random.pickOther(NAMES, name)),
  letter: (question, random) =>
    replaceOne(question, /(?<=[a-z] )[A-Z][a-z]{4,}\b/g, random, (name) => changeLetter(name, random)),
  opposite(question, random) {
    const found = OPPOSITES.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]).filter(([word]) =>
      new RegExp(`\\b${word}\\b`).test(question),
    )
    if (found.length === 0) return null
    const [word, opposite] = random.pick(found)
    return question.replace(new RegExp(`\\b${word}\\b`), opposite)
  },
  negation: (question) => (DENIABLE.test(question) ? question.replace(DENIABLE, '$1 $2 not ') : null),
  question(question, random) {
    const [word] = /^(?:When|Where|Why|Who)\b/.exec(question) ?? []
    return word === undefined ? null : random.pickOther(ASKED, word) + question.slice(word.length)
  },
  order(question) {
    const swapped = question.replace(/(?<=[a-z] )([A-Z]\w+|\d+) (to|than|over|from|into) ([A-Z]\w+|\d+)\b/, '$3 $2 $1')
    return swapped === question ? null : swapped
  },
}

/** Every edit that this question allows. */
export function editsOf(question: string, random: Random): Pair[] {
  return Object.entries(EDITS).flatMap(([kind, edit]) => {
    const asked = edit(question, random)
    return asked === null || asked === question ? [] : [{ kind, asked, cached: question, same: false }]
  })
}

function replaceOne(
  question: string,
  pattern: RegExp,
  random: Random,
  change: (found: string) => string,
): string | null {
  const matches = [...question.matchAll(pattern)]
  if (matches.length === 0) return null
  const match = random.pick(matches)
  return question.slice(0, match.index) + change(match[0]) + question.slice(match.index + match[0].length)
}

/** Another name, one letter away. */
function changeLetter(name: string, random: Random): string {
  const at = 1 + random.below(name.length - 1)
  return name.slice(0, at) + random.pickOther([...'aeiounrstlm'], name[at]!) + name.slice(at + 1)
}
