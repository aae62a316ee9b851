import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FairQueue } from '../../../server/attempts/queue/fair-queue.ts'
import { Waiter } from '../../../server/attempts/queue/flow.ts'
import { Cancellation } from '../../../server/core/cancellation.ts'

const CALL_MS = 1000

function bench() {
  const queue = new FairQueue()
  let order = 0
  const add = (tenant: string, times = 1) => {
    for (let n = 0; n < times; n += 1) {
      order += 1
      const ask = { tenant, priority: 'normal', model: 'm', deadline: 0, cancellation: new Cancellation() } as const
      queue.add(
        new Waiter(
          ask,
          0,
          order,
          () => {},
          () => {},
        ),
      )
    }
  }
  /** Begins so many waiting calls; whose they are. */
  const take = (times: number) => {
    let tenants = ''
    for (let n = 0; n < times; n += 1) {
      const { tenant } = queue.take(null, 0, CALL_MS)!.ask
      queue.end(queue.begin(tenant, CALL_MS), 0)
      tenants += tenant
    }
    return tenants
  }
  return { queue, add, take }
}

describe('fair turns between tenants', () => {
  it('begin with whoever has slots already as if it had been waiting, without a credit for others', () => {
    const { queue, add, take } = bench()
    for (let n = 0; n < 10; n += 1) queue.begin('a', CALL_MS)
    add('a', 6)
    add('b', 6)
    assert.equal(take(6), 'bababa')
  })

  it('forgive time that was held while nobody waited', () => {
    const { queue, add, take } = bench()
    queue.end(queue.begin('a', CALL_MS), 100_000)
    add('b', 6)
    add('a', 6)
    assert.equal(take(6), 'bababa')
  })

  it('charge time that was held while others waited', () => {
    const { queue, add, take } = bench()
    const long = queue.begin('a', CALL_MS)
    add('b', 6)
    queue.end(long, 3 * CALL_MS)
    add('a', 6)
    // Four calls' time; then it is the turn of b, which came first.
    assert.equal(take(8), 'bbbbbaba')
  })

  it('give back what a call was charged too much', () => {
    const { queue, add, take } = bench()
    add('a', 4)
    add('b', 8)
    const { tenant } = queue.take(null, 0, CALL_MS)!.ask
    queue.end(queue.begin(tenant, 4 * CALL_MS), -4 * CALL_MS)
    assert.equal(take(3), 'aba')
  })

  it('remember what a tenant owes and runs, however many come and go', () => {
    for (const debt of ['ended', 'running']) {
      const { queue, add, take } = bench()
      const flow = queue.begin('a', CALL_MS)
      add('x', 1)
      if (debt === 'ended') queue.end(flow, 1_000_000 * CALL_MS)
      for (let n = 0; n < 2000; n += 1) {
        add(`tenant-${n}`, 2)
        take(2)
      }
      if (debt === 'running') queue.end(flow, 1_000_000 * CALL_MS)
      add('a', 2)
      add('b', 2)
      assert.equal(take(queue.length).replace(/^x/, '').slice(-4), 'bbaa', debt)
    }
  })
})
