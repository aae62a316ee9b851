import type { Clock } from '../../server/core/clock.ts'

export interface FakeClock extends Clock {
  /** Lets so much time pass: callbacks that fall into it run in order of their time, each at its own. */
  advance(ms: number): void
}

/** Time that stands still until a test moves it. */
export function fakeClock(start = 0): FakeClock {
  let now = start
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), callback }
      const index = timers.findIndex(({ at }) => at > timer.at)
      timers.splice(index < 0 ? timers.length : index, 0, timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const until = now + ms
      while (timers.length > 0 && timers[0]!.at <= until) {
        const { at, callback } = timers.shift()!
        now = at
        callback()
      }
      now = until
    },
  }
}
