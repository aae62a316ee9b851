/** What comparing with every vector finds: the similarities of the `count` nearest to each question, best first. */
export function exactSearch(vectors: Iterable<Buffer>, questions: readonly Float32Array[], count: number): number[][] {
  const best = questions.map(() => new Array<number>(count).fill(-2))
  for (const blob of vectors) {
    const vector = new Float32Array(new Uint8Array(blob).buffer)
    for (const [index, question] of questions.entries()) {
      let similarity = 0
      for (let place = 0; place < vector.length; place += 1) similarity += vector[place]! * question[place]!
      insert(best[index]!, similarity)
    }
  }
  return best
}

function insert(best: number[], value: number): void {
  if (value <= best.at(-1)!) return
  let place = best.length - 1
  for (; place > 0 && best[place - 1]! < value; place -= 1) best[place] = best[place - 1]!
  best[place] = value
}

/** Rounding differs between two ways to add up. */
const ROUNDING = 1e-5

/** Share of the `count` nearest that were found, over all questions. */
export function recallOf(found: readonly number[][], exact: readonly number[][], count: number): number {
  let hits = 0
  for (const [index, similarities] of exact.entries()) {
    const worst = similarities[count - 1]! - ROUNDING
    hits += Math.min(count, found[index]!.filter((similarity) => similarity >= worst).length)
  }
  return hits / (count * exact.length)
}
