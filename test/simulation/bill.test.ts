import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spanWriter } from '../../server/stores/spans.ts'
import { type PastCall, type PastTold, simulated, storeOf } from './past-store.ts'

const to = (target: string) => `{ targets: [{ provider: ${target.split('/')[0]}, model: ${target.split('/')[1]} }] }`
const SECOND = 1000
/** 1000 tokens in and 200 out, at $2.50 and $10, and at $0.15 and $0.60 a million. */
const ON_4O = 0.0045
const ON_MINI = 0.00027
const isClose = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `$${actual}, not $${expected}`)

describe('the cost of a simulation', () => {
  const called = (at: number, more: Partial<PastCall> = {}, row: PastTold['row'] = {}): PastTold => ({
    at,
    calls: [{ target: 'up/gpt-4o', cost_nano: 4_500_000, ...more }],
    row: { cost_nano: 4_500_000, ...row },
  })

  it('is the tokens of each request at the price of its new target', () => {
    const { cost } = simulated(storeOf([called(1), called(2)]), to('up/gpt-4o-mini')).support
    isClose(cost.actual_usd, 2 * ON_4O)
    isClose(cost.simulated_usd, 2 * ON_MINI)
    assert.deepEqual([cost.actual_unknown, cost.simulated_unknown, cost.unmeasured], [0, 0, 0])
  })

  it('is what it was where nothing changes, with what a cache of prompts saved', () => {
    const cached = { cost_nano: 1_000_000 }
    const { cost } = simulated(storeOf([called(1, cached, cached)]), to('up/gpt-4o')).support
    assert.deepEqual([cost.actual_usd, cost.simulated_usd], [0.001, 0.001])
  })

  it('is not guessed: without a price, without a history of the machine, without tokens', () => {
    const db = storeOf([called(1), called(2, {}, { cost_nano: null }), called(3, {}, { input_tokens: null })])
    const unknown = (target: string) => {
      const { actual_unknown, simulated_unknown, simulated_usd, unmeasured } = simulated(db, to(target)).support.cost
      return { actual_unknown, simulated_unknown, simulated_usd, unmeasured }
    }
    const nothing = { actual_unknown: 1, simulated_usd: 0 }
    assert.deepEqual(unknown('up/nobody-knows-it'), { ...nothing, simulated_unknown: 2, unmeasured: 1 })
    assert.deepEqual(unknown('local/any'), { ...nothing, simulated_unknown: 2, unmeasured: 1 })
    assert.deepEqual(unknown('gpu/any'), { ...nothing, simulated_unknown: 3, unmeasured: 0 })
    assert.deepEqual(unknown('sandbox/echo'), { ...nothing, simulated_unknown: 0, unmeasured: 0 })
  })

  it('is the time that a machine was used for, as long as its calls took without their wait', () => {
    const onGpu = (at: number): PastTold => ({
      at,
      row: { route: 'other' },
      calls: [{ target: 'gpu/any', duration_ms: 3000, queued_ms: 1000 }],
    })
    const history = Array.from({ length: 5 }, (_, index) => onGpu(index * 4 * SECOND))
    // 2 s of $3.60 an hour.
    isClose(simulated(storeOf([...history, called(20 * SECOND)]), to('gpu/any')).support.cost.simulated_usd, 0.002)
    // Two at a time share the machine.
    const pairs = history.flatMap((each) => [each, { ...each, at: each.at + 1 }])
    const { simulated_usd } = simulated(storeOf([...pairs, called(20 * SECOND)]), to('gpu/any')).support.cost
    assert.ok(simulated_usd > 0.00095 && simulated_usd < 0.00155, String(simulated_usd))
  })

  it('counts the tokens of the call that answered once, where others used some too', () => {
    const lost = { target: 'up/gpt-4o', outcome: 'cancelled', cost_nano: 4_000_000 } as const
    const won = { target: 'up/gpt-4o', reason: 'hedge', cost_nano: 4_500_000 } as const
    const row = { input_tokens: 1900, output_tokens: 210, cost_nano: 8_500_000 }
    const db = storeOf([{ at: 1, calls: [lost, won], row }])
    assert.equal(simulated(db, to('up/gpt-4o-mini')).support.cost.unmeasured, 1)
    spanWriter(db)({
      trace_id: 'trace-0',
      span_id: 'span-1',
      parent_span_id: null,
      request_id: 'of no matter',
      name: 'chat gpt-4o',
      kind: 'CLIENT',
      start_ms: 0,
      end_ms: 1,
      status: 'OK',
      status_message: null,
      attributes: JSON.stringify({ 'gen_ai.usage.input_tokens': 1000, 'gen_ai.usage.output_tokens': 200 }),
      events: '[]',
      links: '[]',
    })
    const { cost } = simulated(db, to('up/gpt-4o-mini')).support
    isClose(cost.simulated_usd, ON_MINI)
    assert.equal(cost.unmeasured, 0)
    isClose(cost.actual_usd, 0.0085)
  })

  it('does not guess the tokens of a reply that two calls made', () => {
    const cut = { target: 'up/gpt-4o', error: 'upstream_cut', cost_nano: 1_000_000 }
    const resumed = { target: 'up/gpt-4o', reason: 'resume', resumed_at: 10, cost_nano: 4_000_000 } as const
    const { cost } = simulated(storeOf([{ at: 1, calls: [cut, resumed] }]), to('up/gpt-4o-mini')).support
    assert.equal(cost.unmeasured, 1)
  })
})
