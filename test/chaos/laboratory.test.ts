import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, describe, it, test } from 'node:test'
import { fakeClock } from '../support/fake-clock.ts'
import { type Fault, FaultScript, type Schedule } from './faults.ts'
import { type Behaviour, type LabUpstream, startLabUpstream, USUAL } from './laboratory.ts'
import { PROMPT_TOKENS, TEXT, USUAL_TOKENS, WORDS } from './words.ts'

/** So many looks without anything new: what is to come on a loopback connection has come. */
const QUIET_LOOKS = 5
const LOOK_MS = 30
const SEED = 7

/** One connection, as it looks on the wire. */
class Wire {
  readonly socket: Socket
  text = ''
  reads = 0
  ending: 'open' | 'end' | 'reset' | 'refused' = 'open'
  readonly #over: Promise<void>

  constructor({ url }: LabUpstream) {
    this.socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true })
    this.socket.on('data', (chunk) => {
      this.text += chunk.toString('latin1')
      this.reads += 1
    })
    this.#over = new Promise((resolve) => {
      this.socket.on('end', () => {
        this.ending = 'end'
        resolve()
      })
      this.socket.on('error', (error: NodeJS.ErrnoException) => {
        this.ending = error.code === 'ECONNREFUSED' ? 'refused' : 'reset'
        resolve()
      })
    })
  }

  ask(stream: boolean, more: Record<string, unknown> = {}): this {
    const body = JSON.stringify({ model: 'm', stream, messages: [{ role: 'user', content: 'Hi' }], ...more })
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: lab\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    this.socket.write(head + body)
    return this
  }

  /** Waits for the end of the connection, or until nothing has come for a while. */
  async settle(): Promise<this> {
    for (let quiet = 0, reads = this.reads; quiet < QUIET_LOOKS && this.ending === 'open'; quiet += 1) {
      await Promise.race([this.#over, new Promise((resolve) => setTimeout(resolve, LOOK_MS))])
      if (reads !== this.reads) quiet = 0
      reads = this.reads
    }
    return this
  }

  get status(): string {
    return this.text.split(' ')[1] ?? ''
  }

  /** What the words of a stream, or of a whole reply, come to. */
  get said(): string {
    return [...this.text.matchAll(/"content":"((?:tide-\d+ )+)"/g)].map(([, words]) => words).join('')
  }
}

describe('faults on the wire', { concurrency: true }, () => {
  const open: { upstream: LabUpstream; wires: Wire[] }[] = []
  after(async () => {
    for (const { upstream, wires } of open) {
      for (const { socket } of wires) socket.destroy()
      await upstream.close()
    }
  })
  const begin = async (fault: Fault | null, more: Partial<Behaviour> = {}) => {
    const schedule: Schedule = { when: fault === null ? 'never' : 'always' }
    const trouble = { schedule, faults: fault === null ? [] : [fault] }
    const upstream = await startLabUpstream({ ...USUAL, latencyMs: [1, 1], trouble, ...more }, SEED)
    const wires: Wire[] = []
    open.push({ upstream, wires })
    const wire = () => {
      wires.push(new Wire(upstream))
      return wires.at(-1)!
    }
    return { upstream, wire, ask: (stream: boolean) => wire().ask(stream).settle() }
  }
  const ENDED = '\r\n0\r\n\r\n'

  it('none: a whole reply and a whole stream, billed in full', async () => {
    const { upstream, ask } = await begin(null)
    const [whole, stream] = [await ask(false), await ask(true)]
    assert.deepEqual([whole.said, whole.ending], [TEXT, 'open'])
    assert.deepEqual([stream.said, stream.text.endsWith(ENDED), stream.text.includes('[DONE]')], [TEXT, true, true])
    assert.deepEqual(upstream.counts(), { requests: 2, tokens: 2 * USUAL_TOKENS })
  })

  for (const stream of [false, true]) {
    const kind = stream ? 'streamed' : 'unary'

    it(`status, ${kind}`, async () => {
      const { upstream, ask } = await begin({ kind: 'status', status: 429, retryAfter: '3' })
      const { status, text } = await ask(stream)
      assert.equal(status, '429')
      assert.match(text, /retry-after: 3\r\n/)
      assert.equal(upstream.counts().tokens, 0)
      assert.doesNotMatch((await (await begin({ kind: 'status', status: 529 })).ask(stream)).text, /retry-after/)
    })

    it(`stall, ${kind}: the request is taken, and nothing comes`, async () => {
      const { upstream, ask } = await begin({ kind: 'stall' })
      const { text, ending } = await ask(stream)
      assert.deepEqual([text, ending], ['', 'open'])
      assert.deepEqual(upstream.counts(), { requests: 1, tokens: PROMPT_TOKENS })
    })

    it(`drip, ${kind}: all of it, a few bytes at a time`, async () => {
      const { ask } = await begin({ kind: 'drip', bytes: 30, everyMs: 1 })
      const { said, reads } = await ask(stream)
      assert.equal(stream ? reads > 12 : reads > 3, true, `${reads} reads`)
      assert.equal(said.length, stream ? 0 : TEXT.length, 'pieces lie between the chunks of a stream')
    })

    it(`reset, ${kind}: at connect, behind the request, in the middle`, async () => {
      const { upstream, ask } = await begin({ kind: 'reset-at-connect' })
      const { text, ending } = await ask(stream)
      assert.deepEqual([text, ending, upstream.counts().requests], ['', 'reset', 0])
      const behind = await (await begin({ kind: 'reset', at: 'request' })).ask(stream)
      assert.deepEqual([behind.text, behind.ending], ['', 'reset'])
      const middle = await (await begin({ kind: 'reset', at: 'middle' })).ask(stream)
      assert.deepEqual([middle.status, middle.ending], ['200', 'reset'])
      assert.ok(middle.said.length < TEXT.length)
    })

    it(`half-open, ${kind}: after its replies a connection is dead, and does not even end`, async () => {
      const { upstream, wire, ask } = await begin({ kind: 'half-open', replies: 1 })
      const first = await ask(stream)
      assert.equal(first.said, TEXT)
      const { length } = first.text
      await first.ask(stream).settle()
      first.socket.end()
      await first.settle()
      assert.deepEqual([first.text.length, first.ending], [length, 'open'])
      assert.equal((await wire().ask(stream).settle()).said, TEXT, 'another connection is not')
      assert.equal(upstream.counts().requests, 2)
      const dead = await (await begin({ kind: 'half-open', replies: 0 })).ask(stream)
      dead.socket.end()
      await dead.settle()
      assert.deepEqual([dead.text, dead.ending], ['', 'open'])
    })

    it(`cut, ${kind}: the connection ends in the middle`, async () => {
      const { ask } = await begin({ kind: 'cut' })
      const { status, text, said, ending } = await ask(stream)
      assert.deepEqual([status, ending], ['200', 'end'])
      assert.ok(said.length < TEXT.length && !text.endsWith(ENDED))
      if (stream) assert.ok(said.length > 0)
      else assert.ok(Number(/content-length: (\d+)/.exec(text)![1]) > text.split('\r\n\r\n')[1]!.length)
    })

    it(`hang, ${kind}: half of it, then silence`, async () => {
      const { upstream, ask } = await begin({ kind: 'hang' })
      const { status, text, said, ending } = await ask(stream)
      assert.deepEqual([status, ending], ['200', 'open'])
      assert.ok(said.length < TEXT.length && !text.endsWith(ENDED))
      if (stream) assert.ok(upstream.counts().tokens < USUAL_TOKENS, 'only what was said is billed')
    })

    it(`end-early, ${kind}: HTTP says that it is complete, and it is not`, async () => {
      const { text, said } = await (await begin({ kind: 'end-early' })).ask(stream)
      assert.ok(text.endsWith(ENDED) && said.length < TEXT.length && !text.includes('[DONE]'))
    })

    it(`error-in-200, ${kind}`, async () => {
      const start = await (await begin({ kind: 'error-in-200', at: 'start' })).ask(stream)
      assert.deepEqual([start.status, start.said], ['200', ''])
      assert.match(start.text, stream ? /data: \{"error":/ : /\{"error":/)
      const middle = await (await begin({ kind: 'error-in-200', at: 'middle' })).ask(stream)
      assert.match(middle.text, /\{"error":/)
      assert.equal(middle.said.length > 0, stream)
    })

    it(`web-page, ${kind}`, async () => {
      const { status, text } = await (await begin({ kind: 'web-page' })).ask(stream)
      assert.equal(status, '200')
      assert.match(text, /content-type: text\/html[\s\S]*<!doctype html>/)
    })
  }

  it('gone: nothing listens', async () => {
    assert.equal((await (await begin(null, { gone: true })).ask(false)).ending, 'refused')
  })

  it('slow-start: the head of a stream at once, its content later', async () => {
    const { ask, wire } = await begin({ kind: 'slow-start', ms: 300 })
    const stream = wire().ask(true)
    await new Promise((resolve) => stream.socket.once('data', resolve))
    assert.deepEqual([stream.status, stream.said], ['200', ''])
    await new Promise((resolve) => stream.socket.once('data', resolve))
    assert.equal((await stream.settle()).said, TEXT)
    assert.equal((await ask(false)).text, '', 'a whole reply is all late')
  })

  it('goes on behind the words that the client has', async () => {
    const { wire } = await begin(null)
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: WORDS.slice(0, 5).join('') },
    ]
    assert.equal((await wire().ask(true, { messages }).settle()).said, WORDS.slice(5).join(''))
  })

  it('works on as many requests at a time as it has slots', async () => {
    const { ask, wire } = await begin({ kind: 'hang' }, { slots: 2 })
    await Promise.all([ask(false), ask(false)])
    // A slot of a reply that hangs is free again; that of one under way is not.
    const slow = [wire().ask(false, { max_tokens: 600 }), wire().ask(false, { max_tokens: 600 })]
    const third = await wire().ask(false).settle()
    assert.equal(third.text, '')
    await Promise.all(slow.map(({ socket }) => new Promise((resolve) => socket.once('data', resolve))))
    assert.equal((await third.settle()).status, '200')
  })
})

const FAULTS: readonly Fault[] = [{ kind: 'stall' }, { kind: 'cut' }, { kind: 'reset-at-connect' }]

function play(schedule: Schedule, seed: number, count: number): (string | null)[] {
  const script = new FaultScript({ schedule, faults: FAULTS }, seed, () => 0)
  return Array.from({ length: count }, () => script.request()?.kind ?? null)
}

test('chance is the same for the same seed, and keeps to its share', () => {
  const share: Schedule = { when: 'share', share: 0.2 }
  const one = play(share, 1, 5000)
  assert.deepEqual(play(share, 1, 5000), one)
  assert.notDeepEqual(play(share, 2, 5000), one)
  const bad = one.filter((kind) => kind !== null)
  assert.ok(bad.length > 900 && bad.length < 1100, `${bad.length} of 5000`)
  assert.deepEqual(new Set(bad), new Set(['stall', 'cut']), 'connections have faults of their own')
})

test('connections are drawn for by themselves', () => {
  const draws = (asked: boolean) => {
    const script = new FaultScript({ schedule: { when: 'share', share: 0.5 }, faults: FAULTS }, 3, () => 0)
    return Array.from({ length: 50 }, () => {
      if (asked) script.request()
      return script.connection()?.kind ?? null
    })
  }
  assert.deepEqual(draws(true), draws(false))
})

test('bursts come by number', () => {
  const bad = play({ when: 'bursts', good: 3, bad: 2 }, 1, 10).map((kind) => kind !== null)
  assert.deepEqual(bad, [false, false, false, true, true, false, false, false, true, true])
})

test('flapping goes by the clock and begins up', () => {
  const clock = fakeClock(123)
  const flapping: Schedule = { when: 'flapping', upMs: 2000, downMs: 1000 }
  const script = new FaultScript({ schedule: flapping, faults: FAULTS }, 1, clock.now)
  const seen: boolean[] = []
  for (let second = 0; second < 6; second += 1) {
    seen.push(script.request() !== null && script.connection() !== null && script.down)
    clock.advance(1000)
  }
  assert.deepEqual(seen, [false, false, true, false, false, true])
})
