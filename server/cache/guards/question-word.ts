import type { Word } from '../language/read.ts'
import type { Slot } from './verdict.ts'

type Class = 'who' | 'when' | 'where' | 'why' | 'how' | 'quantity' | `how ${string}` | 'what' | 'yes-no'

const WORDS: Readonly<Record<string, Class>> = {
  who: 'who',
  whom: 'who',
  whose: 'who',
  when: 'when',
  where: 'where',
  why: 'why',
}
const MEASURES = new Set(
  'much many long far old often tall big large high deep fast heavy late early soon wide hot cold'.split(' '),
)
/** What `what` and `which` ask for, by the nouns that stand near them. */
const NOUNS: Readonly<Record<string, Class>> = {
  time: 'when',
  date: 'when',
  year: 'when',
  day: 'when',
  month: 'when',
  deadline: 'when',
  place: 'where',
  city: 'where',
  country: 'where',
  location: 'where',
  address: 'where',
  price: 'quantity',
  cost: 'quantity',
  number: 'quantity',
  amount: 'quantity',
  age: 'quantity',
  height: 'quantity',
  distance: 'quantity',
  length: 'quantity',
  weight: 'quantity',
  population: 'quantity',
  percentage: 'quantity',
  size: 'quantity',
  fee: 'quantity',
  way: 'how',
  step: 'how',
  method: 'how',
  procedure: 'how',
  process: 'how',
  instruction: 'how',
  reason: 'why',
  cause: 'why',
  purpose: 'why',
  person: 'who',
  author: 'who',
  inventor: 'who',
  founder: 'who',
  name: 'who',
}
const NEAR = 4
const AUXILIARIES = new Set('is was do did can could will would shall should may might must have had'.split(' '))
const ORDERS: Readonly<Record<string, Class>> = { explain: 'what', define: 'what', describe: 'what' }

/** What is asked for: a person, a time, a place, a reason, a way, a quantity, a thing, or yes or no. */
export const questionWord: Slot = {
  guard: 'question-word',
  differ(one, other) {
    const [left, right] = [classesOf(one.words), classesOf(other.words)]
    // A question that says `when` later on may only tell on what occasion.
    const counted = left.length === right.length ? left.length : Math.min(1, left.length, right.length)
    for (let at = 0; at < counted; at++)
      if (!isSameClass(left[at]!, right[at]!)) return `asks for: ${[left[at], right[at]].sort().join(', ')}`
    return null
  },
}

/** What a noun asks for, such as a price, may be asked for by how much as well. */
function isSameClass(one: Class, other: Class): boolean {
  if (one === other) return true
  return (one === 'quantity' && other.startsWith('how ')) || (other === 'quantity' && one.startsWith('how '))
}

/** In order; nothing where it does not say. */
function classesOf(words: readonly Word[]): Class[] {
  const found = words.flatMap(({ text, kind }, at) => (kind === 'word' ? (classAt(words, at, text) ?? []) : []))
  if (found.length > 0) return found
  const first = words[0]?.text ?? ''
  const only = AUXILIARIES.has(first) ? 'yes-no' : ORDERS[first]
  return only === undefined ? [] : [only]
}

function classAt(words: readonly Word[], at: number, text: string): Class | null {
  if (WORDS[text]) return WORDS[text]
  const next = words[at + 1]?.text ?? ''
  if (text === 'how') return MEASURES.has(next) ? `how ${next}` : next === 'come' ? 'why' : 'how'
  if (text === 'what' || text === 'which') return next === 'if' ? 'what' : classOfNoun(words, at)
  return null
}

function classOfNoun(words: readonly Word[], at: number): Class {
  for (const { stem } of words.slice(at + 1, at + 1 + NEAR)) {
    const found = NOUNS[stem]
    if (found !== undefined) return found
  }
  return 'what'
}
