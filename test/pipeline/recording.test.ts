import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Caller } from '../../server/core/caller.ts'
import { GatewayError } from '../../server/core/errors.ts'
import { DEFAULT_SETTINGS } from '../../server/core/policy.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { Idempotency } from '../../server/pipeline/idempotency.ts'
import { KeptReplies } from '../../server/pipeline/kept-replies.ts'
import { openExchange, readInbound } from '../../server/pipeline/receive.ts'
import { recorded } from '../../server/pipeline/recording.ts'
import type { Client } from '../../server/pipeline/reply.ts'
import { fakeClock } from '../support/fake-clock.ts'

/** A client that takes `room` pieces at a time and then wants to be drained. */
class FakeClient implements Client {
  gone = false
  text = ''
  ended: 'end' | 'abort' | null = null
  room: number
  #drained: (() => void)[] = []
  #leaving: (() => void)[] = []
  #left: number

  constructor(room = Number.POSITIVE_INFINITY) {
    this.room = room
    this.#left = room
  }

  whole(_status: number, _headers: Record<string, string>, body: Buffer | string): void {
    this.text += body.toString()
    this.ended = 'end'
  }

  head(): void {}

  write(chunk: Buffer | string): boolean {
    if (this.gone) return true
    this.text += chunk.toString()
    this.#left -= 1
    return this.#left > 0
  }

  end(): void {
    this.ended = 'end'
  }

  abort(): void {
    this.ended = 'abort'
  }

  onDrain(listener: () => void): void {
    this.#drained.push(listener)
  }

  onGone(listener: () => void): void {
    this.#leaving.push(listener)
  }

  drain(): void {
    this.#left = this.room
    for (const listener of this.#drained) listener()
  }

  leave(): void {
    this.gone = true
    for (const listener of this.#leaving) listener()
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

function exchangeFor(caller: Partial<Caller>, body: string, id: string) {
  const arrival = {
    surface: '/v1/chat/completions',
    dialect: openaiChat,
    address: {},
    headers: {},
    remoteAddress: '127.0.0.1',
    body: Buffer.from(JSON.stringify({ model: 'r', messages: [{ role: 'user', content: body }] })),
    receivedAt: performance.now(),
  }
  const exchange = openExchange(arrival, 'revision')
  const nobody = { tenant: '', team: null, key: null, routes: null, session: null, user: null, metadata: {} }
  exchange.caller = { ...nobody, ...caller }
  exchange.plan = { route: 'r', strategy: 'priority', targets: [], reason: '', settings: DEFAULT_SETTINGS }
  return { exchange: Object.assign(exchange, { id }), inbound: readInbound(arrival) }
}

const names = fc.constantFrom('a', 'b', 'a\0b', '","')
const request = fc.record({
  tenant: names,
  team: fc.option(names),
  holder: fc.option(names),
  key: fc.constantFrom('1', '2'),
  body: fc.constantFrom('x', 'y'),
})

test('a recorded reply is given to the same caller, key and request only', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
      const idempotency = new Idempotency(fakeClock())
      const first = new Map<string, string>()
      for (const [index, { tenant, team, holder, key, body }] of requests.entries()) {
        const { exchange, inbound } = exchangeFor({ tenant, team, key: holder }, body, `req_${index}`)
        const scope = JSON.stringify([tenant, holder, key])
        const client = new FakeClient()
        const known = first.get(scope)
        const enter = () => idempotency.enter({ 'idempotency-key': key }, exchange, inbound, client)
        if (known !== undefined && known !== body) {
          assert.throws(enter, (error) => error instanceof GatewayError && error.code === 'idempotency_mismatch')
          continue
        }
        const entered = enter()!
        const secret = `${scope} asked ${body}`
        if (entered.kind === 'new') {
          assert.equal(known, undefined)
          first.set(scope, body)
          entered.client.whole(200, {}, secret)
          exchange.status = 200
          entered.finish()
        } else await entered.replay(client)
        assert.equal(client.text, secret)
      }
    }),
    { numRuns: 300 },
  )
})

test('whoever follows a recording gets all of it in order, however slow, however late', async () => {
  const steps = fc.array(fc.constantFrom('write', 'join', 'drain', 'leave', 'wait'), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (plan, room) => {
      const kept = new KeptReplies(fakeClock(), 1e6)
      const recording = kept.open('k', 1000)
      const own = new FakeClient(room)
      const leader = recorded(own, recording)
      leader.head(200, {})
      const followers: { client: FakeClient; done: Promise<void> }[] = []
      let text = ''
      for (const [index, step] of plan.entries()) {
        if (step === 'write') {
          leader.write(`piece ${index};`)
          text += `piece ${index};`
        } else if (step === 'join') {
          const client = new FakeClient(room)
          followers.push({ client, done: recording.replay(client, {}) })
        } else if (step === 'drain') for (const { client } of followers) client.drain()
        else if (step === 'leave' && followers.length > 1) followers.shift()!.client.leave()
        else await settle()
        assert.equal(leader.gone, false, 'the leader goes on for those who follow')
      }
      leader.end()
      for (let round = 0; round < plan.length + 2; round += 1) {
        await settle()
        for (const { client } of followers) client.drain()
      }
      await Promise.all(followers.map(({ done }) => done))
      for (const { client } of followers) assert.deepEqual([client.text, client.ended], [text, 'end'])
    }),
    { numRuns: 200 },
  )
})

test('kept replies never hold more than they may', () => {
  const step = fc.record({
    key: fc.nat(8),
    size: fc.integer({ min: 0, max: 60 }),
    act: fc.constantFrom('open', 'grow', 'grow', 'grow', 'whole', 'broken', 'drop', 'wait'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const clock = fakeClock()
      const kept = new KeptReplies(clock, 100)
      const open = new Map<number, ReturnType<KeptReplies['open']>>()
      for (const { key, size, act } of steps) {
        const recording = open.get(key)
        if (act === 'open') open.set(key, kept.open(String(key), 50))
        else if (act === 'grow') recording?.append(Buffer.alloc(size))
        else if (act === 'whole' || act === 'broken') recording?.close(act)
        else if (act === 'drop' && recording) kept.drop(String(key), recording)
        else if (act === 'wait') clock.advance(size)
        assert.ok(kept.bytes >= 0 && kept.bytes <= 100, `${kept.bytes} bytes after ${act}`)
      }
    }),
    { numRuns: 5000 },
  )
})

test('a follower of a reply that breaks is cut off, so that it cannot take what came for a whole one', async () => {
  const kept = new KeptReplies(fakeClock(), 1000)
  const recording = kept.open('k', 1000)
  const leader = recorded(new FakeClient(), recording)
  leader.head(200, {})
  leader.write('half')
  const client = new FakeClient()
  const done = recording.replay(client, {})
  await settle()
  leader.abort()
  await done
  assert.equal(client.ended, 'abort')
  assert.equal(kept.get('k'), null)
})
