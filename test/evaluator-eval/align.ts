import { rootOf, stemOf } from '../../server/evaluators/text/stems.ts'

/** A list of questions, and a list of replies in the same order with some more, whose questions were taken out. */
export function alignedPairs(
  questions: readonly string[],
  replies: readonly string[],
): [question: string, reply: string][] {
  const all = [...questions, ...replies].map(rootsOf)
  const counts = new Map<string, number>()
  for (const roots of all) for (const root of roots) counts.set(root, (counts.get(root) ?? 0) + 1)
  const likeness = (question: ReadonlySet<string>, reply: ReadonlySet<string>) => {
    let [shared, whole] = [0, 0]
    for (const root of question) {
      const weight = Math.log(all.length / counts.get(root)!)
      whole += weight
      if (reply.has(root)) shared += weight
    }
    return whole === 0 ? 0 : shared / whole
  }
  const asked = all.slice(0, questions.length)
  const replied = all.slice(questions.length)
  const skips = skipsOf(asked.length, replied.length - asked.length, (question, reply) => {
    return likeness(asked[question]!, replied[reply]!)
  })
  return questions.map((question, at) => [question, replies[at + skips[at]!]!])
}

/** How many replies are left out before each question, so that the sum of likenesses is largest (Viterbi 1967). */
function skipsOf(count: number, most: number, likeness: (question: number, reply: number) => number): number[] {
  let sums = Array.from({ length: most + 1 }, (_, skip) => (skip === 0 ? 0 : Number.NEGATIVE_INFINITY))
  const from: number[][] = []
  for (let at = 0; at < count; at++) {
    const best: number[] = []
    for (let skip = 0, before = 0; skip <= most; skip++) {
      if (sums[skip]! > sums[before]!) before = skip
      best.push(before)
    }
    sums = best.map((before, skip) => sums[before]! + likeness(at, at + skip))
    from.push(best)
  }
  const skips: number[] = []
  let skip = sums.indexOf(Math.max(...sums))
  for (let at = count - 1; at >= 0; at--) {
    skips[at] = skip
    skip = from[at]![skip]!
  }
  return skips
}

function rootsOf(text: string): Set<string> {
  return new Set(
    (
      text
        .slice(0, 4000)
        .toLowerCase()
        .match(/[a-z]{3,30}/g) ?? []
    ).map((word) => rootOf(stemOf(word))),
  )
}
