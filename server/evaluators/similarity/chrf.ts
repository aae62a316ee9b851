/**
 * chrF++ (Popović 2017, “chrF++: words helping character n-grams”, WMT17): precision and recall of n-grams of characters, 1 to
 * 6 without blanks, and of words, 1 and 2, each counted as often as it stands in both. Both are averaged over the orders
 * that have n-grams in both texts, and F = (1 + β²)·P·R / (β²·P + R) with β = 2, so that recall counts more.
 */
const CHARACTER_ORDERS = 6
const WORD_ORDERS = 2
const BETA_SQUARED = 4
/** Of each text so many characters are read. */
const LONGEST = 20_000

const WORD = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu

/** 0..1; 1 for texts with the same words. Case and compatibility forms do not count. */
export function chrf(text: string, reference: string): number {
  const [one, other] = [prepare(text), prepare(reference)]
  let [precision, recall, orders] = [0, 0, 0]
  const compare = (ours: readonly string[], theirs: readonly string[], order: number): void => {
    const [found, expected] = [countGrams(ours, order), countGrams(theirs, order)]
    const [foundSum, expectedSum] = [ours.length - order + 1, theirs.length - order + 1]
    if (foundSum <= 0 || expectedSum <= 0) return
    let shared = 0
    for (const [gram, count] of found) shared += Math.min(count, expected.get(gram) ?? 0)
    precision += shared / foundSum
    recall += shared / expectedSum
    orders++
  }
  for (let order = 1; order <= CHARACTER_ORDERS; order++) compare(one.characters, other.characters, order)
  for (let order = 1; order <= WORD_ORDERS; order++) compare(one.words, other.words, order)
  if (precision === 0 || recall === 0) return 0
  const [p, r] = [precision / orders, recall / orders]
  return Math.min(1, ((1 + BETA_SQUARED) * p * r) / (BETA_SQUARED * p + r))
}

interface Prepared {
  characters: readonly string[]
  words: readonly string[]
}

function prepare(text: string): Prepared {
  const plain = text.slice(0, LONGEST).toWellFormed().normalize('NFKC').toLowerCase()
  return { characters: [...plain.replace(/\s+/g, '')], words: plain.match(WORD) ?? [] }
}

function countGrams(units: readonly string[], order: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at + order <= units.length; at++) {
    // No unit of either kind is or holds a blank.
    const gram = order === 1 ? units[at]! : units.slice(at, at + order).join(' ')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}
