import { BlockBuilder, type Blocks } from '../../server/statistics/blocks.ts'
import { evidenceOf } from '../../server/statistics/evidence-of.ts'
import type { SideErrors } from '../../server/statistics/levels.ts'
import { sideErrors } from '../../server/statistics/levels.ts'
import { Matcher } from '../../server/statistics/matcher.ts'
import { MetricMonitor } from '../../server/statistics/metric-monitor.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import type { Scenario } from './scenarios.ts'

export const ALPHA = 0.05

/** After how many pairs, or requests, each answer was first given; `null`: never. */
export interface Path {
  nonInferior: number | null
  worse: number | null
}

/** One run of a scenario, looked at after every pair. */
export function runOnce(scenario: Scenario, seed: number): Path {
  return scenario.spec.shape === 'ratio-p95' ? lookLater(scenario, seed) : lookAlways(scenario, seed)
}

function lookAlways(scenario: Scenario, seed: number): Path {
  const { spec, length } = scenario
  const late = scenario.candidateShare !== null
  const monitor = new MetricMonitor(spec, sideErrors(ALPHA, 1), { paired: !late, late })
  const path: Path = { nonInferior: null, worse: null }
  const next = blocksOf(scenario, seed)
  for (let request = 1; request <= length; request += 1) {
    const block = next()
    if (block === null) continue
    monitor.push(block)
    const { answer } = monitor
    if (answer === 'non-inferior') path.nonInferior ??= request
    if (answer === 'worse') {
      path.worse = request
      break
    }
  }
  return path
}

/**
 * 95th percentiles are judged from all that came, and what was once shown stays shown (`test/statistics` holds it to that).
 * So looking at the end tells whether any look would have shown it, and halving tells which was the first.
 */
function lookLater(scenario: Scenario, seed: number): Path {
  const next = blocksOf(scenario, seed)
  const builder = new BlockBuilder()
  const requestOf: number[] = []
  for (let request = 1; request <= scenario.length; request += 1) {
    const block = next()
    if (block === null) continue
    builder.add(block.baseline, block.candidate)
    requestOf.push(request)
  }
  const errors = sideErrors(ALPHA, 1)
  const first = (side: keyof SideErrors) => {
    const shown = (count: number) => shows(scenario, firstBlocks(builder.blocks(), count), side, errors)
    if (!shown(builder.count)) return null
    let [no, yes] = [0, builder.count]
    while (yes - no > 1) {
      const middle = (no + yes) >> 1
      if (shown(middle)) yes = middle
      else no = middle
    }
    return requestOf[yes - 1]!
  }
  return { nonInferior: first('nonInferior'), worse: first('worse') }
}

function shows({ spec }: Scenario, blocks: Blocks, side: keyof SideErrors, errors: SideErrors): boolean {
  const evidence = evidenceOf(spec, blocks, false)
  return side === 'worse' ? evidence.above(0, errors.worse) : evidence.below(0, errors.nonInferior)
}

export function firstBlocks(blocks: Blocks, count: number): Blocks {
  return {
    count,
    baseline: blocks.baseline.subarray(0, blocks.baselineEnds[count - 1] ?? 0),
    candidate: blocks.candidate.subarray(0, blocks.candidateEnds[count - 1] ?? 0),
    baselineEnds: blocks.baselineEnds.subarray(0, count),
    candidateEnds: blocks.candidateEnds.subarray(0, count),
  }
}

/** With each call the next request, and the block that it completes, if any. */
function blocksOf({ draw, candidateShare }: Scenario, seed: number) {
  const random = new SeededRandom(seed)
  const matcher = new Matcher()
  return () => {
    const [baseline, candidate] = draw(random)
    if (candidateShare === null) return { baseline: [baseline], candidate: [candidate] }
    return random.next() < candidateShare ? matcher.push('candidate', candidate) : matcher.push('baseline', baseline)
  }
}
