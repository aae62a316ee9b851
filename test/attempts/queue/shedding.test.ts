import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { QueuePolicy } from '../../../server/core/policy.ts'
import { bench, POLICY, seen, type Ticket } from './bench.ts'

/** A queue that has seen calls of one second each. */
function warm(policy: Partial<QueuePolicy> = {}) {
  const made = bench(policy)
  const ticket = made.enter()
  made.clock.advance(1000)
  ticket.release()
  return made
}

function assertShed(ticket: Ticket, message: RegExp, retryAfterMs: number): void {
  const { code, status, retryable } = ticket.error!
  assert.deepEqual([code, status, retryable], ['overloaded', 429, true])
  assert.match(ticket.error!.message, message)
  assert.equal(ticket.error!.retryAfterMs, retryAfterMs)
}

describe('who is refused at a provider', () => {
  it('is whoever finds the list full, with an honest time to come back', () => {
    const { enter, queue } = warm({ maxWaiting: 5 })
    for (let n = 0; n < 6; n += 1) enter()
    // One second each for the call under way and the five that wait.
    const late = enter()
    assertShed(late, /gpu has 5 requests waiting.*queue\.max_waiting/, 6000)
    assert.deepEqual([queue.status.waiting, queue.status.shed], [5, 1])
  })

  it('is asked to come back in a second where nothing is known or little is to wait', () => {
    const { enter } = bench({ maxWaiting: 0 })
    enter()
    assertShed(enter(), /max_waiting/, 1000)
  })

  it('is whoever would wait longer than queue.max_wait, at once', () => {
    const { enter, clock } = warm({ maxWaitMs: 3500 })
    const waiting = [enter(), enter(), enter(), enter()]
    assertShed(enter(), /about 4 s; its queue\.max_wait is 3.5 s/, 4000)
    clock.advance(600)
    assert.ok(enter().waits, 'the call under way is nearly done')
    assert.ok(waiting.slice(1).every((ticket) => ticket.waits))
  })

  it('is whoever would wait past its deadline, at once, and not who can still be served', () => {
    const { enter, clock } = warm()
    for (let n = 0; n < 4; n += 1) enter()
    assertShed(enter({ deadline: clock.now() + 3999 }), /about 4 s and has 4 s left.*max_concurrency/, 4000)
    assert.ok(enter({ deadline: clock.now() + 4000 }).waits)
    const urgent = enter({ deadline: clock.now() + 1000, priority: 'high' })
    assert.ok(urgent.waits, 'it has only the call under way before it')
  })

  it('is whoever has waited for queue.max_wait in vain', async () => {
    const { enter, clock, queue } = bench({ maxWaitMs: 2000 })
    const running = enter()
    const waiting = enter()
    clock.advance(1999)
    await seen()
    assert.ok(waiting.waits)
    clock.advance(1)
    await seen()
    assertShed(waiting, /waited for provider gpu for 2 s, its queue\.max_wait/, 1000)
    assert.deepEqual([queue.status.waiting, queue.status.shed], [0, 1])
    running.release()
    await seen()
    assert.equal(waiting.slot, null)
  })

  it('is told `deadline_exceeded` when its own time is over', async () => {
    const { enter, clock, queue } = bench()
    const running = enter({ deadline: clock.now() + 10 })
    const waiting = enter({ deadline: clock.now() + 500 })
    clock.advance(500)
    await seen()
    assert.deepEqual([waiting.error!.code, waiting.error!.status], ['deadline_exceeded', 504])
    assert.match(waiting.error!.message, /provider gpu/)
    running.release()
    const late = enter({ deadline: clock.now() })
    assert.equal(late.error!.code, 'deadline_exceeded')
    assert.equal(queue.status.running, 0)
  })

  it('is nobody whose client went away: that is not shedding, and frees the place at once', async () => {
    const { enter, queue, drain } = bench({ maxWaiting: 2 })
    enter()
    const gone = enter()
    enter({}, 'next')
    gone.cancel()
    assert.equal(queue.status.waiting, 1)
    const { cancellation } = gone.ask
    await seen()
    assert.equal(gone.error, cancellation.reason)
    assert.equal(enter({ cancellation }).error, cancellation.reason)
    enter({}, 'last')
    assert.equal(queue.status.shed, 0)
    assert.equal(await drain(), 'next last')
  })

  it('waits for no timer once it has left', async () => {
    const { enter, clock, queue } = bench({ maxWaitMs: 5000 })
    const first = enter()
    const second = enter()
    first.release()
    await seen()
    clock.advance(60_000)
    second.cancel()
    await seen()
    assert.deepEqual([second.error, queue.status.running, queue.status.shed], [null, 1, 0])
  })
})

describe('whose place an arrival takes in a full list', () => {
  it("is the newest of the lowest class's greediest tenant", async () => {
    const { enter, queue } = warm({ maxWaiting: 4 })
    enter()
    const kept = [enter({ priority: 'normal' }), enter({ priority: 'low' }), enter({ priority: 'low', tenant: 'b' })]
    const newest = enter({ priority: 'low' })
    const urgent = enter({ priority: 'high' })
    await seen()
    assert.ok(urgent.waits && kept.every((ticket) => ticket.waits))
    assertShed(newest, /higher class|fewer/, 5000)
    assert.deepEqual([queue.status.waiting, queue.status.shed], [4, 1])
    assert.match(enter({ priority: 'low' }).error!.message, /max_waiting/)
  })

  it('is that of a tenant with two more waiting, so that a flood leaves room for others', async () => {
    const { enter } = warm({ maxWaiting: 5 })
    enter({ tenant: 'flood' })
    const flood = Array.from({ length: 5 }, () => enter({ tenant: 'flood' }))
    assert.ok(enter({ tenant: 'flood' }).error !== null)
    const others = [enter({ tenant: 'small' }), enter({ tenant: 'small' })]
    await seen()
    assert.deepEqual(
      flood.map((ticket) => ticket.waits),
      [true, true, true, false, false],
    )
    assert.ok(others.every((ticket) => ticket.waits))
    assert.ok(enter({ tenant: 'small' }).error !== null, 'it would only turn the two around')
    assert.ok(enter({ tenant: 'third' }).waits)
  })

  it('is nobody’s for one that would be refused all the same', () => {
    const { enter, clock } = warm({ maxWaiting: 2 })
    const waiting = [enter(), enter({ priority: 'low' }), enter({ priority: 'low' })]
    clock.advance(500)
    assert.match(enter({ priority: 'high', deadline: clock.now() + 400 }).error!.message, /would wait/)
    assert.ok(waiting.slice(1).every((ticket) => ticket.waits))
  })
})

describe('the estimate of a wait', () => {
  it('is nothing while a slot is free or no call has ended', () => {
    const { enter, queue, clock } = bench()
    const ask = { tenant: 'acme', priority: 'normal', model: 'm' } as const
    assert.equal(queue.estimateWaitMs(ask), 0)
    const first = enter()
    assert.equal(queue.estimateWaitMs(ask), 0)
    clock.advance(1000)
    first.release()
    assert.equal(queue.estimateWaitMs(ask), 0)
    enter()
    assert.equal(queue.estimateWaitMs(ask), 1000)
  })

  it('counts who stands before: higher classes, and by turns other tenants', () => {
    const { enter, queue } = warm()
    enter({ tenant: 'a' })
    for (let n = 0; n < 3; n += 1) enter({ tenant: 'a' })
    for (let n = 0; n < 2; n += 1) enter({ tenant: 'a', priority: 'high' })
    const estimate = (tenant: string, priority: 'high' | 'normal' | 'low') =>
      queue.estimateWaitMs({ tenant, priority, model: 'm' })
    assert.equal(estimate('a', 'high'), 3000)
    assert.equal(estimate('a', 'normal'), 6000)
    assert.equal(estimate('b', 'normal'), 3000, 'b has its turn before the backlog of a')
    assert.equal(estimate('b', 'low'), 6000)
  })

  it('waits for calls above a limit that has become smaller', () => {
    const { enter, queue, clock } = warm({ maxConcurrency: 4 })
    for (let n = 0; n < 4; n += 1) {
      enter()
      clock.advance(100)
    }
    queue.configure({ ...POLICY, maxConcurrency: 2 })
    // They began 400, 300, 200 and 100 ms ago; the third to end leaves a slot free.
    assert.equal(queue.estimateWaitMs({ tenant: 'acme', priority: 'normal', model: 'm' }), 800)
  })

  it('comes true where calls take as long as they use to', async () => {
    for (const limit of [1, 3, 7]) {
      const { enter, queue, clock, drain } = warm({ maxConcurrency: limit })
      for (let n = 0; n < limit; n += 1) {
        enter()
        clock.advance(1000 / limit)
      }
      const expected = Array.from({ length: 20 }, () => {
        const ticket = enter()
        return { ticket, ms: queue.estimateWaitMs({ ...ticket.ask, tenant: 'acme' }) - 1000 / limit }
      })
      await drain(1000 / limit)
      for (const { ticket, ms } of expected)
        assert.ok(Math.abs(ticket.slot!.waitedMs - ms) <= 1000 / limit + 1, `${ticket.slot!.waitedMs} for ${ms}`)
    }
  })
})
