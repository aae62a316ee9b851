import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { QueuePolicy } from '../../../server/core/policy.ts'
import { seeded } from '../../core/random.ts'
import { bench, OK, seen } from './bench.ts'

interface Traffic {
  tenant: string
  /** Mean time between two requests. */
  everyMs: number
  /** Mean time that a call takes. */
  callMs: number
  model?: string
}

const STEP_MS = 10

/** Slot time that each tenant had in so many minutes, after one of getting under way. */
async function share(policy: Partial<QueuePolicy>, traffic: readonly Traffic[], minutes: number) {
  const { clock, enter, begun, queue } = bench(policy)
  const random = seeded(42)
  const used = new Map<string, number>()
  let handled = 0
  for (let now = 0; now < (minutes + 1) * 60_000; now += STEP_MS) {
    for (const { tenant, everyMs, model = 'm' } of traffic)
      if (random.below(everyMs) < STEP_MS) enter({ tenant, model, deadline: clock.now() + 30_000 })
    await seen()
    for (; handled < begun.length; handled += 1) {
      const ticket = begun[handled]!
      const { callMs } = traffic.find(({ tenant }) => tenant === ticket.ask.tenant)!
      const takesMs = callMs / 2 + random.below(callMs)
      clock.after(takesMs, () => ticket.release(OK))
      if (now >= 60_000) used.set(ticket.ask.tenant, (used.get(ticket.ask.tenant) ?? 0) + takesMs)
    }
    clock.advance(STEP_MS)
  }
  return { used, status: queue.status }
}

function assertEven(used: ReadonlyMap<string, number>, within = 0.1): void {
  const times = [...used.values()]
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  for (const [tenant, time] of used)
    assert.ok(Math.abs(time / mean - 1) <= within, `${tenant} had ${(time / mean).toFixed(3)} of its share`)
}

describe('tenants that all ask for more than there is', () => {
  it('have equal slot time though one sends ten times as many', async () => {
    const traffic = [
      { tenant: 'flood', everyMs: 20, callMs: 200 },
      { tenant: 'modest', everyMs: 130, callMs: 200 },
    ]
    for (const policy of [
      { maxConcurrency: 2, maxWaiting: 50 },
      { maxConcurrency: 1, maxWaiting: 1000, maxWaitMs: 10_000 },
    ])
      assertEven((await share(policy, traffic, 4)).used)
  })

  it('have equal slot time though the calls of one take ten times as long', async () => {
    const traffic = [
      { tenant: 'long', everyMs: 300, callMs: 1500 },
      { tenant: 'short', everyMs: 50, callMs: 150 },
    ]
    assertEven((await share({ maxConcurrency: 3, maxWaiting: 60 }, traffic, 6)).used)
  })

  it('have equal slot time though each has its own model and the loaded one goes first', async () => {
    const traffic = [
      { tenant: 'one', everyMs: 50, callMs: 200, model: 'a' },
      { tenant: 'two', everyMs: 100, callMs: 200, model: 'b' },
      { tenant: 'three', everyMs: 150, callMs: 200, model: 'c' },
    ]
    assertEven((await share({ maxWaiting: 60, affinity: 8 }, traffic, 5)).used)
  })

  it('leave what one does not use to the others', async () => {
    const traffic = [
      { tenant: 'flood', everyMs: 20, callMs: 200 },
      { tenant: 'seldom', everyMs: 2000, callMs: 200 },
    ]
    const { used } = await share({ maxConcurrency: 1, maxWaiting: 50 }, traffic, 4)
    assert.ok(used.get('seldom')! > 0.9 * 4 * 60_000 * (200 / 2000), 'all of its requests are served')
    assert.ok(used.get('flood')! + used.get('seldom')! > 0.9 * 4 * 60_000, 'and the provider is never idle')
  })
})
