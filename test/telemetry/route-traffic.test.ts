import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange } from '../../server/core/exchange.ts'
import { RouteTraffic } from '../../server/telemetry/route-traffic.ts'
import { type FakeClock, fakeClock } from '../support/fake-clock.ts'
import { endedAttempt } from './ended-attempt.ts'

type Ended = Pick<Exchange, 'plan' | 'attempts' | 'status' | 'error'>

/** A finished exchange of a route, with one attempt per target named. */
function exchange(route: string, models: readonly string[], more: Partial<Ended> = {}): Exchange {
  const attempts = models.map((name, index) => {
    const [model, outcome = 'ok'] = name.split(' ') as [string, 'ok' | 'error' | 'cancelled']
    return endedAttempt({ provider: 'p', model, weight: 1 }, 0, 1, { index, outcome })
  })
  return { plan: { route }, attempts, status: 200, error: null, ...more } as unknown as Exchange
}

function note(traffic: RouteTraffic, ended: Exchange): void {
  for (const { index } of ended.attempts) traffic.attemptEnd(ended, index)
  traffic.requestEnd(ended)
}

function begin(): { clock: FakeClock; traffic: RouteTraffic } {
  const clock = fakeClock(12_345)
  return { clock, traffic: new RouteTraffic(clock) }
}

test('attempts are told by route and target, and a lost race is no error', () => {
  const { traffic } = begin()
  note(traffic, exchange('one', ['a error', 'b']))
  note(traffic, exchange('one', ['a cancelled', 'b']))
  note(traffic, exchange('two', ['a']))
  const { requests, failed, targets } = traffic.read('one')
  assert.deepEqual([requests, failed], [2, 0])
  assert.deepEqual(Object.fromEntries(targets), {
    'p/a': { attempts: 2, errors: 1 },
    'p/b': { attempts: 2, errors: 0 },
  })
  assert.equal(traffic.read('nobody').requests, 0)
})

test('a request failed when its status says so or its stream broke, and not when the client is to blame', () => {
  const { traffic } = begin()
  const ends: Partial<Ended>[] = [
    { status: 503, error: { code: 'upstream_error', message: '' } },
    { status: 200, error: { code: 'upstream_cut', message: '' } },
    { status: 499, error: { code: 'client_gone', message: '' } },
    { status: 400, error: { code: 'invalid_request', message: '' } },
  ]
  for (const end of ends) note(traffic, exchange('one', [], end))
  assert.deepEqual([traffic.read('one').requests, traffic.read('one').failed], [4, 2])
  traffic.requestEnd(exchange('', [], { plan: null }))
})

test('what is five minutes old no longer counts, however the time passes', () => {
  const { clock, traffic } = begin()
  for (let step = 0; step < 10; step += 1) {
    note(traffic, exchange('one', ['a']))
    clock.advance(30_000)
  }
  assert.equal(traffic.read('one').requests, 9)
  clock.advance(150_000)
  assert.equal(traffic.read('one').requests, 4)
  clock.advance(3_600_000)
  assert.equal(traffic.read('one').requests, 0)
  note(traffic, exchange('one', ['a']))
  assert.deepEqual(Object.fromEntries(traffic.read('one').targets), { 'p/a': { attempts: 1, errors: 0 } })
})

test('names that callers make up take no room without end', () => {
  const { clock, traffic } = begin()
  for (let index = 0; index < 5000; index += 1) note(traffic, exchange(`made/up-${index}`, ['a']))
  const counted = () =>
    Array.from({ length: 5000 }, (_, index) => traffic.read(`made/up-${index}`).requests).filter((count) => count > 0)
  assert.ok(counted().length <= 2000)
  clock.advance(30_000)
  note(traffic, exchange('one', ['a']))
  assert.equal(traffic.read('one').requests, 1, 'the next half minute has room again')
})
