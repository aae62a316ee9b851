import type { MetricSpec } from '../../server/core/metric-verdict.ts'
import { LiveMonitor } from '../../server/statistics/live-monitor.ts'
import { SeededRandom } from '../../server/statistics/random.ts'

const SUCCESS: MetricSpec = { id: 'success', label: 'Success', shape: 'bounded', better: 'higher', margin: 0.02 }
const BASELINE = 0.95
const CANDIDATE_SHARE = 0.05

/**
 * Live traffic in which the candidate is as good as the baseline and then turns bad. After how many requests from the turn on
 * is it found to be worse? `null`: not within `length` of them. `0`: before it was true.
 */
export function runTurn(turnAt: number, turnedTo: number, length: number, seed: number): number | null {
  const random = new SeededRandom(seed)
  const monitor = new LiveMonitor([SUCCESS])
  for (let request = 1; request <= turnAt + length; request += 1) {
    const candidate = random.next() < CANDIDATE_SHARE
    const share = candidate && request > turnAt ? turnedTo : BASELINE
    monitor.push(candidate ? 'candidate' : 'baseline', [random.next() < share ? 1 : 0])
    if (monitor.answer === 'worse') return Math.max(0, request - turnAt)
  }
  return null
}
