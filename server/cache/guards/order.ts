import type { Question, Word } from '../language/read.ts'
import type { Slot } from './verdict.ts'

/** Words that say what part the next one plays. */
const ROLES = new Set(
  'from to into onto than over before after by for with without as against of in on at under between and or vs but'.split(
    ' ',
  ),
)
/** One turns what the other says around. */
const OPPOSITE = new Map([
  ['from', 'to'],
  ['to', 'from'],
  ['before', 'after'],
  ['after', 'before'],
  ['with', 'without'],
  ['without', 'with'],
  ['over', 'under'],
  ['under', 'over'],
  ['for', 'against'],
  ['against', 'for'],
])
const OWNERS = new Set('my your our his her their its all both new old'.split(' '))
/** Words between a preposition and what it belongs to. */
const FARTHEST = 3
/** What they join may stand in either order. */
const EVEN = new Set('and or vs between'.split(' '))
const LITTLE = new Set(
  `the a an is was do did have had can could will would shall should may might must i you he she we they it its my your our their
me him her them what which who when where why how there here that this these those not no be been being so very much many
if whether also just any some more most less least to tell explain please best good way`.split(/\s+/),
)

/**
 * Who does what to whom. Words that play the same part in both questions must stand in the same order among themselves,
 * words that play different parts in the order of all that both have; `from` must not become `to`.
 */
export const order: Slot = {
  guard: 'order',
  differ(one, other) {
    const [left, right] = [partsOf(one), partsOf(other)]
    const reached = new Map<string, number>()
    let previous = -1
    for (const [stem, { role }] of left) {
      const counterpart = right.get(stem)
      if (!counterpart || (EVEN.has(role) && EVEN.has(counterpart.role))) continue
      if (OPPOSITE.get(role) === counterpart.role) return `order: ${role} or ${counterpart.role} ${stem}`
      const before = role === counterpart.role ? (reached.get(role) ?? -1) : previous
      if (counterpart.at < before) return `order: ${stem}`
      reached.set(role, counterpart.at)
      previous = counterpart.at
    }
    return null
  },
}

interface Part {
  at: number
  role: string
}

/** Words that occur once, each with the role it plays. */
function partsOf({ words }: Question): Map<string, Part> {
  const parts = new Map<string, Part>()
  const twice = new Set<string>()
  words.forEach((word, at) => {
    if (LITTLE.has(word.stem) || ROLES.has(word.stem) || word.kind === 'symbol') return
    if (parts.has(word.stem)) twice.add(word.stem)
    const joined = words[at + 1]?.text ?? ''
    parts.set(word.stem, { at, role: roleBefore(words, at) || (EVEN.has(joined) ? joined : '') })
  })
  for (const stem of twice) parts.delete(stem)
  return parts
}

function roleBefore(words: readonly Word[], at: number): string {
  for (let before = at - 1; before >= Math.max(0, at - FARTHEST); before--) {
    const { text, capital, kind } = words[before]!
    if (ROLES.has(text)) return text
    if (!capital && kind !== 'number' && !OWNERS.has(text)) return ''
  }
  return ''
}
