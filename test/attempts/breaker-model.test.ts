import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Breaker, type Outcome } from '../../server/attempts/breaker.ts'
import type { BreakerPolicy } from '../../server/core/policy.ts'

const SLOTS = 10
const TRIAL_MS = 600_000

interface Call {
  pass: object
  startedAt: number
  /** It was let in by a half-open breaker. */
  trial: boolean
}

const policies = fc.record<BreakerPolicy>({
  failures: fc.integer({ min: 1, max: 4 }),
  errorShare: fc.constantFrom(0, 0.1, 0.5, 1),
  windowMs: fc.constantFrom(1000, 30_000),
  cooldownMs: fc.constantFrom(500, 20_000),
})
const pauseMs = fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 99, 500, 1900, 20_000, 57_000, 700_000)
const outcome = fc.constantFrom<Outcome>('ok', 'ok', 'ok', 'failed', 'failed', 'neutral')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('begin' as const), pauseMs }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(9), outcome, pauseMs }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('call' as const), outcome, pauseMs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hasten' as const), pauseMs }) },
)

/** What the breaker's contract says, kept as a plain list of what happened since its last change of state. */
class Watcher {
  readonly #breaker: Breaker
  readonly #policy: BreakerPolicy
  now = 0
  calls: Call[] = []
  closings = 0
  #state: 'ready' | 'open' | 'half-open' = 'ready'
  #since = Number.NEGATIVE_INFINITY
  #seen: { at: number; failed: boolean }[] = []
  #last = { coolDown: 0, closedAt: Number.NEGATIVE_INFINITY }

  constructor(policy: BreakerPolicy) {
    this.#policy = policy
    this.#breaker = new Breaker(policy)
  }

  /** Time passes, which ends a cool-down and nothing else. */
  wait(ms: number): void {
    const until = this.#breaker.untilMs(this.now)
    this.now += ms
    const name = this.#breaker.name(this.now)
    if (this.#state === 'open' && this.now >= until!) this.#become('half-open', until!)
    assert.equal(name, this.#state)
  }

  begin(): boolean {
    const running = this.calls.some(({ trial, startedAt }) => trial && this.now - startedAt < TRIAL_MS)
    const pass = {}
    const leave = this.#breaker.begin(pass, this.now)
    assert.equal(leave, this.#state === 'ready' || (this.#state === 'half-open' && !running))
    if (leave) this.calls.push({ pass, startedAt: this.now, trial: this.#state === 'half-open' })
    return leave
  }

  /** -1: the last one that began. */
  end(which: number, outcome: Outcome): void {
    if (this.calls.length === 0) return
    const [call] = this.calls.splice(which % this.calls.length, 1)
    this.#breaker.count(call!.pass, call!.startedAt, outcome, this.now)
    if (outcome !== 'neutral' && this.#state !== 'open' && call!.startedAt >= this.#since) this.#learn(outcome)
    assert.equal(this.#breaker.name(this.now), this.#state)
  }

  hasten(): void {
    this.#breaker.hasten(true, this.now)
    if (this.#state === 'open') this.#become('half-open', this.now)
    assert.equal(this.#breaker.name(this.now), this.#state)
  }

  #learn(outcome: Outcome): void {
    this.#seen.push({ at: this.now, failed: outcome === 'failed' })
    if (this.#state === 'half-open') {
      if (outcome === 'failed') this.#open()
      else if (this.#seen.length === 3) {
        this.#become('ready', this.now)
        this.#last.closedAt = this.now
        this.closings += 1
      }
    } else if (outcome === 'failed') {
      const slotOf = (at: number) => Math.floor(at / (this.#policy.windowMs / SLOTS))
      const seen = this.#seen.filter(({ at }) => slotOf(at) > slotOf(this.now) - SLOTS)
      const failures = seen.filter(({ failed }) => failed).length
      const { failures: most, errorShare } = this.#policy
      if (failures >= most && failures >= errorShare * seen.length) this.#open()
    }
  }

  #open(): void {
    const { windowMs, cooldownMs } = this.#policy
    const again =
      this.#state === 'half-open' || this.now - this.#last.closedAt < Math.max(windowMs, this.#last.coolDown)
    this.#last.coolDown = again ? Math.min(8 * cooldownMs, 2 * this.#last.coolDown) : cooldownMs
    this.#become('open', this.now)
    assert.equal(this.#breaker.untilMs(this.now), this.now + this.#last.coolDown)
  }

  #become(state: 'ready' | 'open' | 'half-open', at: number): void {
    this.#state = state
    this.#since = at
    this.#seen = []
    for (const call of this.calls) call.trial = false
  }
}

describe('any sequence of calls, outcomes and pauses', () => {
  it('takes a breaker through the states that its contract says, with one trial at most', () => {
    let closings = 0
    fc.assert(
      fc.property(policies, fc.array(step, { maxLength: 150, size: 'max' }), (policy, steps) => {
        const watcher = new Watcher(policy)
        for (const step of steps) {
          watcher.wait(step.pauseMs)
          if (step.kind === 'begin') watcher.begin()
          else if (step.kind === 'hasten') watcher.hasten()
          else if (step.kind === 'end') watcher.end(step.which, step.outcome)
          else if (watcher.begin()) watcher.end(-1, step.outcome)
        }
        closings += watcher.closings
      }),
      { seed: 7, numRuns: 1000 },
    )
    assert.ok(closings > 500, `only ${closings} of them closed a breaker: too few to have tried everything`)
  })
})
