import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, type TestContext, test } from 'node:test'
import type { LiveEvent } from '../../server/http/admin/schemas.ts'
import { ask, backed, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { rowOf } from './admin.ts'
import { type EventReader, watchEvents } from './event-reader.ts'
import { until } from './until.ts'

const CONFIG = routesConfig({}, { default: ['sandbox/echo'], backed: backed('fail-429', 'lorem') })

let shared: TestGateway
before(async () => {
  shared = await startGateway(CONFIG)
})
after(() => shared.stop())

/** The gateway, and a way to watch it that ends with the test. */
function start(t: TestContext): { gateway: TestGateway; watch(id?: string): Promise<EventReader> } {
  const readers: EventReader[] = []
  t.after(async () => {
    for (const reader of readers) await reader.leave()
  })
  return {
    gateway: shared,
    async watch(id) {
      const reader = await watchEvents(shared, id)
      readers.push(reader)
      return reader
    },
  }
}

const ended = (events: readonly LiveEvent[]) =>
  events.flatMap((event) => (event.type === 'request-end' ? [event.request] : []))

function endsOf(reader: EventReader, count: number) {
  return until(`${count} requests have ended`, () => {
    const requests = ended(reader.events())
    return requests.length >= count && requests
  })
}

/** Asks so many times; the ids in order. */
async function askTimes(gateway: TestGateway, count: number, route = 'default'): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const reply = await gateway.chat(ask(route))
    await reply.text()
    ids.push(reply.headers.get('x-request-id')!)
  }
  return ids
}

test('a request appears as it happens: start, each attempt, end, with the fallback to be seen', async (t) => {
  const { gateway, watch } = start(t)
  const reader = await watch()
  const [id] = await askTimes(gateway, 1, 'backed')
  const [request] = await endsOf(reader, 1)
  const told = reader.events().map((event) => {
    if (event.type === 'attempt-start' || event.type === 'attempt-end')
      return [event.type, event.request_id, event.attempt.model, event.attempt.outcome, event.attempt.reason]
    return event.type === 'request-start' ? [event.type, event.request_id, event.route] : [event.type]
  })
  assert.deepEqual(told, [
    ['request-start', id, 'backed'],
    ['attempt-start', id, 'fail-429', 'running', 'first'],
    ['attempt-end', id, 'fail-429', 'error', 'first'],
    ['attempt-start', id, 'lorem', 'running', 'fallback'],
    ['attempt-end', id, 'lorem', 'ok', 'fallback'],
    ['request-end'],
  ])
  assert.equal(request!.fallback, true)
  assert.equal(request!.attempts, 2)
  assert.deepEqual(request, await rowOf(gateway, id!))
})

test('a request that is refused before it has a route ends in the live view too', async (t) => {
  const { gateway, watch } = start(t)
  const reader = await watch()
  await gateway.chat(ask('nowhere'))
  const [request] = await endsOf(reader, 1)
  assert.deepEqual([request!.status, request!.error, request!.attempts], [404, 'unknown_route', 0])
})

test('every viewer sees the same batches under the same ids', async (t) => {
  const { gateway, watch } = start(t)
  const [one, two] = [await watch(), await watch()]
  await askTimes(gateway, 5)
  await Promise.all([endsOf(one, 5), endsOf(two, 5)])
  assert.deepEqual(one.batches, two.batches)
  const ids = one.batches.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
})

test('a viewer that comes back goes on after the last batch it saw, without loss or repetition', async (t) => {
  const { gateway, watch } = start(t)
  const witness = await watch()
  const first = await watch()
  const asked = await askTimes(gateway, 2)
  await endsOf(first, 2)
  await first.leave()
  asked.push(...(await askTimes(gateway, 2)))
  await endsOf(witness, 4)
  const second = await watch(first.batches.at(-1)!.id)
  asked.push(...(await askTimes(gateway, 2)))
  await Promise.all([endsOf(second, 4), endsOf(witness, 6)])
  const seen = [...first.batches, ...second.batches]
  assert.deepEqual(
    ended(seen.flatMap(({ batch }) => batch.events)).map((request) => request.request_id),
    asked,
  )
  assert.deepEqual(seen, witness.batches)
})

test('events are kept for a viewer that was the only one', async (t) => {
  const { gateway, watch } = start(t)
  const first = await watch()
  await askTimes(gateway, 1)
  await endsOf(first, 1)
  await first.leave()
  const missed = await askTimes(gateway, 3)
  await rowOf(gateway, missed.at(-1)!)
  const second = await watch(first.batches.at(-1)!.id)
  assert.deepEqual(
    (await endsOf(second, 3)).map((request) => request.request_id),
    missed,
  )
})

test('a viewer whose last id is not of this run is told to read afresh, and then follows', async (t) => {
  const { gateway, watch } = start(t)
  const current = await watch()
  await askTimes(gateway, 1)
  await endsOf(current, 1)
  const run = current.batches[0]!.id.split('-')[0]
  for (const id of ['deadbeef-1', 'rubbish', '', `${run}-x`, `${run}`]) {
    const reader = await watch(id)
    await until(`${JSON.stringify(id)} is answered with a reset`, () => reader.events()[0]?.type === 'reset')
    const [asked] = await askTimes(gateway, 1)
    const [request] = await endsOf(reader, 1)
    assert.equal(request!.request_id, asked)
    assert.equal(reader.events().filter((event) => event.type === 'reset').length, 1)
    await reader.leave()
  }
})

test('a change of the config, accepted or not, is an event', async (t) => {
  const { gateway, watch } = start(t)
  const reader = await watch()
  const changes = () => reader.events().flatMap((event) => (event.type === 'config-change' ? [event] : []))
  writeFileSync(gateway.home.config, 'version: 2')
  await until('the refusal is told', () => changes().length === 1)
  assert.equal(changes()[0]!.accepted, false)
  assert.match(changes()[0]!.message, /version/)
  writeFileSync(gateway.home.config, routesConfig({}, { default: ['sandbox/json'] }))
  await until('the new config is told', () => changes().length === 2)
  assert.equal(changes()[1]!.accepted, true)
})

test('more events than anyone can see are counted instead of sent', async (t) => {
  const { gateway, watch } = start(t)
  const reader = await watch()
  const count = 150
  await Promise.all(Array.from({ length: count }, () => askTimes(gateway, 1)))
  const total = count * 4
  await until('everything is sent or counted', () => {
    const skipped = reader.batches.reduce((sum, { batch }) => sum + (batch.skipped ?? 0), 0)
    return reader.events().length + skipped === total
  })
  for (const { batch } of reader.batches) assert.ok(batch.events.length <= 400)
})
