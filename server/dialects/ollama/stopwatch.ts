import { promptTokens, type Usage } from '../../core/usage.ts'
import { isObject, type Json } from '../members.ts'

const NANOSECONDS = 1e6

/** Measures a reply while it is written. */
export interface Stopwatch {
  /** Content went by. */
  lap(): void
  /** Counts and durations for the last line, in nanoseconds: Ollama's own where the reply came from there. */
  metrics(usage: Usage | null): Json
}

/** Runs since `start`, or from now on. `now` tells milliseconds. */
export function stopwatch(startedAt?: number, now: () => number = () => performance.now()): Stopwatch {
  const start = startedAt ?? now()
  let first: number | null = null
  let last: number | null = null
  return {
    lap() {
      last = now()
      first ??= last
    },
    metrics(usage) {
      const end = now()
      // Of a whole reply it is not known when the prompt had been read: all of its time went into the answer.
      const began = first ?? start
      const own = isObject(usage?.raw) && typeof usage.raw.total_duration === 'number' ? usage.raw : {}
      const duration = (name: string, milliseconds: number) =>
        typeof own[name] === 'number' ? own[name] : Math.round(milliseconds * NANOSECONDS)
      return {
        total_duration: duration('total_duration', end - start),
        load_duration: duration('load_duration', 0),
        prompt_eval_count: usage === null ? 0 : promptTokens(usage),
        prompt_eval_duration: duration('prompt_eval_duration', began - start),
        eval_count: usage?.output ?? 0,
        eval_duration: duration('eval_duration', (last ?? end) - began),
      }
    },
  }
}
