import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { RetryBudgets } from '../../server/attempts/retry-budget.ts'
import { fakeClock } from '../support/fake-clock.ts'

const LIFETIME_MS = 10_000
const RESERVE = 10
const ROUNDING = 1e-6

const share = fc.constantFrom(0, 0.1, 0.2, 0.5, 1)
const steps = fc.array(
  fc.record({
    requests: fc.nat(20),
    retries: fc.nat(12),
    pauseMs: fc.constantFrom(0, 1, 300, 999, 1000, 4000, 12_000, 19_000),
  }),
  { maxLength: 40, size: 'max' },
)

/** How many of them are in a span, both ends included. */
const within = (times: readonly number[], from: number, to: number) =>
  times.filter((time) => time >= from && time <= to).length

describe('the retry budget', () => {
  it('never lets a span of time have more retries than its requests and the reserve pay for', () => {
    fc.assert(
      fc.property(share, steps, (share, steps) => {
        const clock = fakeClock(12_345)
        const budget = new RetryBudgets(clock).of('r', share)
        const requests: number[] = []
        const retries: number[] = []
        for (const step of steps) {
          for (let n = 0; n < step.requests; n += 1) {
            budget.deposit()
            requests.push(clock.now())
          }
          for (let n = 0; n < step.retries; n += 1) if (budget.withdraw()) retries.push(clock.now())
          clock.advance(step.pauseMs)
        }
        for (const from of new Set(retries))
          for (const to of new Set(retries)) {
            if (to < from) continue
            const paid = share * within(requests, from - LIFETIME_MS, to) + RESERVE + (to - from) / LIFETIME_MS
            assert.ok(within(retries, from, to) <= paid + ROUNDING)
          }
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  it('refuses only when less than one token is left, and then always', () => {
    fc.assert(
      fc.property(share, steps, (share, steps) => {
        const clock = fakeClock()
        const budget = new RetryBudgets(clock).of('r', share)
        for (const step of steps) {
          for (let n = 0; n < step.requests; n += 1) budget.deposit()
          const { tokens } = budget
          assert.equal(budget.withdraw(), tokens > 1 - ROUNDING)
          assert.ok(budget.tokens >= 0)
          clock.advance(step.pauseMs)
        }
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('lets a quiet route retry ten times, then once in ten seconds', () => {
    const clock = fakeClock()
    const budget = new RetryBudgets(clock).of('r', 0.2)
    const granted = (asked: number) => Array.from({ length: asked }, () => budget.withdraw()).filter(Boolean).length
    assert.equal(granted(30), 10)
    clock.advance(9999)
    assert.equal(granted(30), 0)
    clock.advance(1)
    assert.equal(granted(30), 1)
    clock.advance(3_600_000)
    assert.equal(granted(30), 10)
  })

  it('lets a busy route retry a share of its requests for as long as it takes', () => {
    const clock = fakeClock()
    const budget = new RetryBudgets(clock).of('r', 0.1)
    let retries = 0
    for (let n = 0; n < 10_000; n += 1) {
      budget.deposit()
      if (budget.withdraw()) retries += 1
      clock.advance(10)
    }
    // A tenth of the requests, the reserve, and what it grew by in 100 s.
    assert.ok(retries >= 1000 && retries <= 1020, String(retries))
  })

  it('does not save up a good hour', () => {
    const clock = fakeClock()
    const budget = new RetryBudgets(clock).of('r', 0.2)
    for (let n = 0; n < 36_000; n += 1) {
      budget.deposit()
      clock.advance(100)
    }
    assert.ok(budget.tokens <= 0.2 * 100 + 10, String(budget.tokens))
    assert.ok(budget.tokens >= 0.2 * 90 + 10 - ROUNDING, String(budget.tokens))
  })

  it('is one per route, whose share can change', () => {
    const budgets = new RetryBudgets(fakeClock())
    const budget = budgets.of('one', 0)
    for (let n = 0; n < 10; n += 1) budget.withdraw()
    assert.equal(budgets.of('other', 0.5).tokens, 10)
    budgets.of('one', 0.5).deposit()
    assert.equal(budget.tokens, 0.5)
  })

  it('keeps a bounded number of routes, those used last', () => {
    const budgets = new RetryBudgets(fakeClock())
    const first = budgets.of('route-0', 0)
    const second = budgets.of('route-1', 0)
    for (let n = 2; n < 1000; n += 1) budgets.of(`route-${n}`, 0)
    assert.equal(budgets.of('route-0', 0), first)
    budgets.of('one too many', 0)
    assert.equal(budgets.of('route-0', 0), first)
    assert.notEqual(budgets.of('route-1', 0), second)
  })
})
