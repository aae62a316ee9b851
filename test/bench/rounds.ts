import type { Loader } from './loader.ts'
import { measure, type Sample } from './measure.ts'
import type { BenchOptions } from './options.ts'
import { peerOrThrow } from './targets/peers.ts'
import type { Target } from './targets/target.ts'
import { type Cell, STREAM, UNARY } from './workloads.ts'

/** Samples by cell, target and round; `null` where a peer failed. */
export type Results = Map<string, Map<string, (Sample | null)[]>>

const WARM_CONCURRENCY = 16

/** Brings every target's hot code to speed, whole replies and streams. */
export async function warmUp(loader: Loader, targets: ReadonlyMap<string, Target>, measureMs: number): Promise<void> {
  for (const [name, target] of targets)
    for (const workload of [UNARY, STREAM])
      await peerOrThrow(name, () =>
        loader.run(target, { workload, concurrency: WARM_CONCURRENCY, warmMs: 0, measureMs }),
      )
}

/**
 * Measures all targets in each cell before it goes on to the next cell, each round beginning with another target, so
 * that whatever else the machine does meets all of them.
 */
export async function runRounds(
  loader: Loader,
  targets: ReadonlyMap<string, Target>,
  cells: readonly Cell[],
  options: BenchOptions,
): Promise<Results> {
  const results: Results = new Map(cells.map(({ name }) => [name, new Map()]))
  const entries = [...targets]
  for (let round = 0; round < options.rounds; round += 1)
    for (const cell of cells) {
      process.stderr.write(`round ${round + 1} of ${options.rounds}: ${cell.name}\n`)
      for (const index of entries.keys()) {
        const [name, target] = entries[(index + round) % entries.length]!
        const sample = await peerOrThrow(name, () => measure(loader, target, cell, options))
        const ofCell = results.get(cell.name)!
        ofCell.set(name, [...(ofCell.get(name) ?? []), sample])
      }
    }
  return results
}
