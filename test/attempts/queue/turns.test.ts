import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProviderQueues } from '../../../server/attempts/queue/index.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { bench, names, OK, POLICY, seen } from './bench.ts'

describe('whose turn it is at a provider', () => {
  it('gives a free slot at once, and a taken one as soon as it is released', async () => {
    const { queue, clock, enter } = bench({ maxConcurrency: 2 })
    const [one, two, three] = [enter(), enter(), enter()]
    assert.deepEqual([one.slot?.waitedMs, two.slot?.waitedMs, three.waits], [0, 0, true])
    assert.deepEqual([queue.status.running, queue.status.waiting, queue.status.limit], [2, 1, 2])
    clock.advance(700)
    assert.equal(queue.status.oldestWaitMs, 700)
    two.release()
    assert.deepEqual([queue.status.running, queue.status.waiting], [2, 0])
    await seen()
    assert.equal(three.slot!.waitedMs, 700)
  })

  it('counts calls where there is no limit', () => {
    const { queue, enter } = bench({ maxConcurrency: null })
    const tickets = Array.from({ length: 1000 }, () => enter())
    assert.ok(tickets.every((ticket) => ticket.runs))
    assert.deepEqual([queue.status.running, queue.status.limit], [1000, null])
    for (const ticket of tickets) ticket.release()
    assert.equal(queue.status.running, 0)
  })

  it('takes a slot back once', async () => {
    const { queue, enter } = bench()
    const first = enter()
    const [second, third] = [enter(), enter()]
    first.release()
    first.release(null)
    first.release()
    await seen()
    assert.deepEqual([second.runs, third.waits, queue.status.running], [true, true, 1])
  })

  it('serves one tenant in the order of arrival, urgent requests first', async () => {
    const { enter, drain } = bench()
    enter()
    enter({ priority: 'low' }, 'low-1')
    enter({ priority: 'normal' }, 'normal-1')
    enter({ priority: 'low' }, 'low-2')
    enter({ priority: 'high' }, 'high-1')
    enter({ priority: 'normal' }, 'normal-2')
    enter({ priority: 'high' }, 'high-2')
    assert.equal(await drain(), 'high-1 high-2 normal-1 normal-2 low-1 low-2')
  })

  it('serves tenants in turn, however many requests one of them has', async () => {
    const { enter, drain } = bench()
    enter({ tenant: 'a' })
    for (let n = 1; n <= 6; n += 1) enter({ tenant: 'a' }, `a${n}`)
    for (let n = 1; n <= 2; n += 1) enter({ tenant: 'b' }, `b${n}`)
    enter({ tenant: 'c' }, 'c1')
    // The first call of a, which was served before the others came, is not held against it.
    assert.equal(await drain(), 'b1 c1 a1 b2 a2 a3 a4 a5 a6')
  })

  it('gives a tenant that comes back no credit for the time when it asked for nothing', async () => {
    const { enter, clock, begun } = bench()
    enter({ tenant: 'b' }, 'b0')
    for (let n = 1; n <= 60; n += 1) enter({ tenant: 'a' }, `a${n}`)
    const turn = async () => {
      clock.advance(1000)
      begun.at(-1)!.release()
      await seen()
    }
    for (let n = 0; n < 20; n += 1) await turn()
    for (let n = 1; n <= 20; n += 1) enter({ tenant: 'b' }, `b${n}`)
    const from = begun.length
    for (let n = 0; n < 20; n += 1) await turn()
    const ofB = begun.slice(from).filter(({ ask }) => ask.tenant === 'b').length
    assert.ok(ofB >= 9 && ofB <= 11, names(begun.slice(from)))
  })

  it('serves lower classes now and then where higher ones never pause', async () => {
    const { enter, clock, begun } = bench()
    enter({ priority: 'high' })
    for (let n = 0; n < 200; n += 1) enter({ priority: 'low' }, 'low')
    for (let n = 0; n < 200; n += 1) enter({ priority: 'normal' }, 'normal')
    for (let n = 0; n < 300; n += 1) {
      enter({ priority: 'high', tenant: 'urgent' }, 'high')
      clock.advance(1000)
      begun.at(-1)!.release()
      await seen()
    }
    const served = (name: string) => begun.filter((ticket) => ticket.name === name).length
    // In 300 s: one in 30 s of the low ones, one in 15 s of the normal ones, rounded to whole calls.
    assert.ok(served('low') >= 8 && served('low') <= 10, `${served('low')} low`)
    assert.ok(served('normal') >= 16 && served('normal') <= 20, `${served('normal')} normal`)
  })

  it('lets a lower class wait for 15 s first, since it began to wait', async () => {
    const { enter, clock, begun } = bench()
    clock.advance(100_000)
    enter({ priority: 'high' })
    enter({ priority: 'normal' }, 'normal')
    const seconds = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        enter({ priority: 'high' }, 'high')
        clock.advance(1000)
        begun.at(-1)!.release()
        await seen()
      }
      return begun.some(({ name }) => name === 'normal')
    }
    assert.equal(await seconds(14), false)
    assert.equal(await seconds(1), true)
  })

  it('keeps urgent requests first where single calls take longer than the ageing', async () => {
    const { enter, begun, clock } = bench()
    enter({ priority: 'high' })
    for (let n = 0; n < 50; n += 1) enter({ priority: 'low' }, 'low')
    for (let n = 0; n < 45; n += 1) {
      enter({ priority: 'high' }, 'high')
      clock.advance(60_000)
      begun.at(-1)!.release()
      await seen()
    }
    assert.equal(begun.filter(({ name }) => name === 'low').length, 5, names(begun))
  })

  it('lets a larger limit begin calls at once, and a smaller one only run down', async () => {
    const { queue, enter, begun } = bench({ maxConcurrency: 1 })
    for (let n = 0; n < 10; n += 1) enter()
    queue.configure({ ...POLICY, maxConcurrency: 4 })
    await seen()
    assert.equal(begun.length, 4)
    queue.configure({ ...POLICY, maxConcurrency: 2 })
    assert.deepEqual([queue.status.running, queue.status.limit], [4, 2])
    for (const ticket of begun.slice(0, 2)) ticket.release()
    await seen()
    assert.deepEqual([queue.status.running, begun.length], [2, 4])
    begun[2]!.release()
    await seen()
    assert.deepEqual([queue.status.running, begun.length], [2, 5])
    queue.configure({ ...POLICY, maxConcurrency: null })
    await seen()
    assert.equal(begun.length, 10)
  })

  it('is one queue per provider, which follows the config and no policy that was replaced', () => {
    const queues = new ProviderQueues(fakeClock())
    const [old, renewed] = [2, 5].map((maxConcurrency) => ({ ...POLICY, maxConcurrency }))
    const queue = queues.of({ id: 'gpu', queue: old! })
    assert.equal(queues.of({ id: 'gpu', queue: renewed! }), queue)
    assert.notEqual(queues.of({ id: 'cloud', queue: old! }), queue)
    queues.of({ id: 'gpu', queue: old! })
    assert.equal(queue.status.limit, 5)
    queues.of({ id: 'gpu', queue: { ...old! } })
    assert.equal(queue.status.limit, 2)
  })

  it('averages the time of calls, and leaves out those that were never sent', () => {
    const { queue, clock, enter } = bench()
    assert.equal(queue.status.averageMs, null)
    for (const ms of [1000, 3000]) {
      const ticket = enter()
      clock.advance(ms)
      ticket.release(OK)
    }
    enter().release(null)
    assert.equal(queue.status.averageMs, 2000)
  })
})
