import type { EvaluatorKind } from '../core/evaluation.ts'
import { type Limit, limitScore } from './limit.ts'

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }
const DURATION = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|m)$/

/** How long the reply took. Of two limits the one that it keeps worse counts; a measure that is missing is left out. */
export const latency: EvaluatorKind = {
  id: 'latency',
  description: 'The reply came in time.',
  options: {
    max: 'the longest that the whole reply may take, such as `2s`, `500ms`, or a number of milliseconds',
    ttft_max: 'the longest until its first content',
  },
  create({ max, ttft_max: ttftMax }) {
    if (max === undefined && ttftMax === undefined) throw new TypeError('`max` or `ttft_max` must be given')
    const limits = { whole: readDuration(max, 'max'), first: readDuration(ttftMax, 'ttft_max') }
    return {
      kind: 'latency',
      cost: 'process',
      score({ measured: { durationMs, ttftMs } }) {
        const [worst] = [
          ...limitOf('the reply', durationMs, limits.whole),
          ...limitOf('its first content', ttftMs, limits.first),
        ].sort(
          (one, other) => limitScore(one) - limitScore(other) || other.measured / other.max - one.measured / one.max,
        )
        if (worst === undefined) return null
        const share = Math.round((worst.measured / worst.max) * 100)
        const passed = worst.measured <= worst.max
        const { name } = worst
        return {
          score: limitScore(worst),
          passed,
          reason: `${name[0]!.toUpperCase()}${name.slice(1)} took ${share} % of the time that it may take.`,
        }
      },
    }
  },
}

function limitOf(name: string, measured: number | null, max: number | null): Limit[] {
  return measured === null || max === null ? [] : [{ name, measured, max }]
}

/** Milliseconds; `null` where none is given. */
function readDuration(value: unknown, option: string): number | null {
  if (value === undefined) return null
  const [, number, unit] = (typeof value === 'string' && DURATION.exec(value)) || []
  const milliseconds = typeof value === 'number' ? value : Number(number) * MILLISECONDS[unit!]!
  if (!(milliseconds > 0) || milliseconds === Infinity)
    throw new TypeError(`\`${option}\` must be a duration such as \`2s\` or \`500ms\`, or a number of milliseconds`)
  return milliseconds
}
