import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PRIORITIES, type QueuePolicy } from '../../../server/core/policy.ts'
import { bench, OK, POLICY, seen } from './bench.ts'

const policies = fc.record<QueuePolicy>({
  maxConcurrency: fc.constantFrom(null, 1, 2, 3, 10),
  adaptive: fc.boolean(),
  maxWaiting: fc.constantFrom(0, 1, 3, 8, 1000),
  maxWaitMs: fc.constantFrom(500, 5000, 3_600_000),
  affinity: fc.constantFrom(0, 1, 3),
})

const enter = fc.record({
  kind: fc.constant('enter' as const),
  tenant: fc.constantFrom('a', 'b', 'c'),
  priority: fc.constantFrom(...PRIORITIES),
  model: fc.constantFrom('m', 'n'),
  leftMs: fc.constantFrom(0, 300, 2000, 60_000, Number.POSITIVE_INFINITY),
})
const which = fc.nat(30)
const step = fc.oneof(
  { weight: 10, arbitrary: enter },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('release' as const), which, result: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release twice' as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 250, 2000, 20_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('configure' as const), policy: policies }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const RESULTS = [OK, { ...OK, ok: false, overloaded: true }, { ...OK, stream: true, firstTokenMs: 90 }, null]

type Bench = ReturnType<typeof bench>

function apply({ clock, queue, tickets, enter }: Bench, step: Step): void {
  const pick = (test: (ticket: (typeof tickets)[number]) => boolean, index: number) => {
    const fitting = tickets.filter(test)
    return fitting[index % fitting.length]
  }
  switch (step.kind) {
    case 'enter':
      enter({ ...step, deadline: clock.now() + step.leftMs })
      return
    case 'release':
      pick((ticket) => ticket.runs, step.which)?.release(RESULTS[step.result])
      return
    case 'release twice':
      pick((ticket) => ticket.released, step.which)?.release()
      return
    case 'cancel':
      // Of one that runs or has left already too, which must change nothing here.
      pick(() => true, step.which)?.cancel()
      return
    case 'wait':
      clock.advance(step.ms)
      return
    case 'configure':
      queue.configure(step.policy)
  }
}

function check({ queue, tickets }: Bench, runningBefore: number): void {
  const { running, waiting, limit } = queue.status
  const most = limit ?? Number.POSITIVE_INFINITY
  assert.equal(running, tickets.filter((ticket) => ticket.runs).length)
  assert.equal(waiting, tickets.filter((ticket) => ticket.waits).length)
  assert.ok(running <= Math.max(most, runningBefore), 'a slot was given above the limit')
  assert.ok(waiting === 0 || running >= most, 'a slot is free and somebody waits')
  for (const ticket of tickets) {
    assert.ok(ticket.settled <= 1)
    assert.ok((ticket.slot === null) !== (ticket.error === null) || ticket.waits)
  }
}

describe('any sequence of arrivals, departures, pauses and new limits', () => {
  it('loses no slot, gives none twice or above the limit, and answers everybody once', async () => {
    await fc.assert(
      fc.asyncProperty(policies, fc.array(step, { maxLength: 100, size: 'max' }), async (policy, steps) => {
        const made = bench(policy)
        for (const step of steps) {
          const before = made.queue.status.running
          apply(made, step)
          await seen()
          check(made, before)
        }
        await made.drain()
        made.clock.advance(7_200_000)
        await seen()
        assert.ok(made.tickets.every((ticket) => ticket.settled === 1))
        assert.deepEqual([made.queue.status.running, made.queue.status.waiting], [0, 0])
        const unpaid = made.tickets.filter(({ error }) => error !== null && error.code !== 'client_gone')
        assert.equal(made.queue.status.shed, unpaid.length)
      }),
      { seed: 11, numRuns: 400 },
    )
  })

  it('lets nobody wait past its deadline or queue.max_wait, and tells who is shed when to come back', async () => {
    await fc.assert(
      fc.asyncProperty(policies, fc.array(step, { maxLength: 60, size: 'max' }), async (policy, steps) => {
        const made = bench({ ...policy, maxWaitMs: 5000 })
        const begun = new Map<string, number>()
        for (const step of steps) {
          if (step.kind === 'configure') continue
          const known = made.tickets.length
          apply(made, step)
          await seen()
          for (const ticket of made.tickets.slice(known)) begun.set(ticket.name, made.clock.now())
          for (const { waits, ask, name } of made.tickets)
            if (waits) assert.ok(made.clock.now() < Math.min(ask.deadline, begun.get(name)! + 5000))
        }
        for (const { error } of made.tickets)
          if (error?.code === 'overloaded') {
            assert.ok(error.retryAfterMs! >= 1000)
            assert.match(error.message, /provider gpu .*(queue\.max_waiting|queue\.max_wait|max_concurrency)/i)
          }
      }),
      { seed: 12, numRuns: 200 },
    )
  })

  it('leaves nobody waiting for ever, whatever its class, tenant and model', async () => {
    const one = fc.record({ priority: fc.constantFrom(...PRIORITIES), model: fc.constantFrom('m', 'n', 'o') })
    await fc.assert(
      fc.asyncProperty(one, fc.array(one, { minLength: 1, maxLength: 8 }), async (ask, flood) => {
        const { clock, begun, enter } = bench({ ...POLICY, affinity: 4 })
        enter()
        const patient = enter({ ...ask, tenant: 'patient' })
        let served = 0
        for (; patient.waits && served < 200; served += 1) {
          enter({ ...flood[served % flood.length]!, tenant: 'flood' })
          enter({ ...flood[served % flood.length]!, tenant: 'second flood' })
          clock.advance(3000)
          begun.at(-1)!.release()
          await seen()
        }
        // One low request in ten goes: those that affinity lets go first, each tenant's turn, and this one.
        assert.ok(!patient.waits && served <= 10 * (4 + 3), `${served} went before`)
      }),
      { seed: 13, numRuns: 100 },
    )
  })
})
