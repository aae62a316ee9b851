import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createBenchStore } from '../../renderer/bench/bench-store.ts'
import { type BenchForm, emptyForm, orderOf, problemsOf } from '../../renderer/bench/form.ts'
import { eventReader, readEvents } from '../../renderer/bench/read-events.ts'
import { type BenchRun, bestOf, cutShort, newRun, withEvent } from '../../renderer/bench/run.ts'
import { firstTargets, suggestionsOf } from '../../renderer/bench/suggestions.ts'
import { runWords, speedWords } from '../../renderer/bench/words.ts'
import type { BenchEvent, BenchResult, ModelRow, ProviderRow, RouteRow } from '../../server/http/admin/schemas.ts'

const result = (more: Partial<BenchResult> = {}): BenchResult => ({
  ...{ request_id: 'req_1', error: null, ttft_ms: 10, duration_ms: 100, output_tokens: 5, tokens_per_s: 40 },
  ...{ cost_usd: null, memory_bytes: null },
  ...more,
})
const events: readonly BenchEvent[] = [
  { type: 'start', target: 0 },
  { type: 'delta', target: 0, text: 'one\n\ndata: two' },
  { type: 'start', target: 1 },
  { type: 'delta', target: 1, text: 'drei – „vier“' },
  { type: 'end', target: 0, result: result() },
  { type: 'end', target: 1, result: result({ ttft_ms: 8, tokens_per_s: 30 }) },
  { type: 'saved', experiments: ['exp_1'] },
]
const wire = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
const streamOf = (pieces: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
const played = (run: BenchRun, of = events) => of.reduce((each, event) => withEvent(each, event, 1000), run)

describe('the events of a bench', () => {
  test('are read whole, however the stream is cut', async () => {
    const bytes = new TextEncoder().encode(wire)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 }), async (cuts) => {
        const marks = [0, ...cuts.toSorted((one, other) => one - other), bytes.length]
        const pieces = marks.slice(1).map((end, index) => bytes.slice(marks[index], end))
        const read: BenchEvent[] = []
        for await (const event of readEvents(streamOf(pieces))) read.push(event)
        assert.deepEqual(read, events)
      }),
    )
    assert.deepEqual(eventReader()(': still here\n\ndata: {"type":"start","target":2}\n\n'), [
      { type: 'start', target: 2 },
    ])
  })

  test('become columns, and the best of each figure is told when all is over', () => {
    const before = played(newRun(['a/x', 'b/y']), events.slice(0, -1))
    assert.deepEqual(bestOf(before), { first: null, fastest: null })
    const run = played(before, events.slice(-1))
    assert.equal(run.state, 'saved')
    assert.deepEqual(
      run.columns.map((column) => [column?.phase, column?.text, column?.startedAt, column?.experiment]),
      [
        ['ended', 'one\n\ndata: two', 1000, null],
        ['ended', 'drei – „vier“', 1000, 'exp_1'],
      ],
    )
    assert.deepEqual(bestOf(run), { first: 1, fastest: 0 })
    assert.equal(runWords(run), 'Done. Saved as 1 pair.')
  })

  test('nobody is best alone, nor among those who share the best', () => {
    const only = played(newRun(['a/x']), [
      { type: 'end', target: 0, result: result() },
      { type: 'saved', experiments: [] },
    ])
    assert.deepEqual(bestOf(only), { first: null, fastest: null })
    assert.equal(runWords(only), 'Done. One model alone makes no pair.')
    const failed = result({ error: 'It failed.', ttft_ms: null, tokens_per_s: null })
    const two = played(newRun(['a/x', 'b/y', 'c/z']), [
      { type: 'end', target: 0, result: result({ tokens_per_s: 40 }) },
      { type: 'end', target: 1, result: failed },
      { type: 'end', target: 2, result: result({ ttft_ms: 30 }) },
      { type: 'saved', experiments: ['exp_1', 'exp_2'] },
    ])
    assert.deepEqual(bestOf(two), { first: 0, fastest: null })
  })

  test('a run that is cut short keeps what was said', () => {
    const run = cutShort(played(newRun(['a/x', 'b/y', 'c/z']), events.slice(0, 5)), null)
    assert.deepEqual(
      run.columns.map((column) => column?.phase),
      ['ended', 'stopped', 'stopped'],
    )
    assert.equal(run.columns[1]?.text, 'drei – „vier“')
    assert.match(runWords(run), /^Stopped/)
  })
})

describe('the form of a bench', () => {
  const form: BenchForm = { ...emptyForm, targets: ['a/x', '', ' b/y/z '], prompt: 'Hello' }

  test('is sent without what was left empty', () => {
    assert.deepEqual(orderOf(form, ['a', 'b']), {
      targets: ['a/x', 'b/y/z'],
      messages: [{ role: 'user', content: 'Hello' }],
      in_turn: true,
    })
    const full = { ...form, system: 'Be brief.', maxTokens: ' 64 ', temperature: '0.7', inTurn: false }
    assert.deepEqual(orderOf(full, null), {
      targets: ['a/x', 'b/y/z'],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      max_tokens: 64,
      temperature: 0.7,
      in_turn: false,
    })
  })

  test('says what is wrong with it, and is not sent then', () => {
    const wrong: [Partial<BenchForm>, RegExp][] = [
      [{ targets: ['x'] }, /written provider\/model/],
      [{ targets: ['/x'] }, /written provider\/model/],
      [{ targets: ['a/'] }, /written provider\/model/],
      [{ targets: ['a/x', 'c/x'] }, /no provider “c”/],
      [{ targets: ['', ' '] }, /Choose a model/],
      [{ prompt: ' \n' }, /Write a prompt/],
      [{ maxTokens: '0' }, /from 1/],
      [{ maxTokens: '1.5' }, /from 1/],
      [{ temperature: '2.1' }, /0 to 2/],
      [{ temperature: '-1' }, /0 to 2/],
    ]
    for (const [change, words] of wrong) {
      const { targets, maxTokens, temperature, missing } = problemsOf({ ...form, ...change }, ['a', 'b'])
      const told = [...targets, maxTokens, temperature, missing].filter((problem) => problem !== null)
      assert.equal(told.length, 1, JSON.stringify(change))
      assert.match(told[0]!, words)
      assert.equal(orderOf({ ...form, ...change }, ['a', 'b']), null)
    }
  })

  test('speeds are told with as many digits as mean something', () => {
    assert.deepEqual([null, 3.14, 9.96, 12.4, 1847.2].map(speedWords), ['—', '3.1', '10', '12', '1,847'])
  })
})

describe('the store of a bench', () => {
  const order = { targets: ['a/x', 'b/y'], messages: [{ role: 'user' as const, content: 'Hello' }] }
  const storeOf = (play: (signal: AbortSignal) => AsyncIterable<BenchEvent>) => {
    const frames: (() => void)[] = []
    const store = createBenchStore({
      open: async (_, signal) => play(signal),
      schedule: (callback) => void frames.push(callback),
      now: () => 1000,
    })
    store.change({ targets: ['a/x', '', 'b/y'] })
    return { store, frames }
  }

  test('enters events once a frame, and whatever is left at the end', async () => {
    const { store, frames } = storeOf(async function* () {
      yield* events
    })
    let changes = 0
    store.subscribe(() => {
      changes += 1
    })
    await store.start(order)
    assert.equal(frames.length, 1)
    assert.equal(changes, 2, 'the beginning, and all that came')
    assert.equal(store.get().run?.state, 'saved')
    assert.deepEqual(store.get().form.targets, ['a/x', 'b/y'], 'a place that was left empty is gone')
    frames[0]!()
    assert.equal(changes, 2, 'a late frame has nothing to enter')
  })

  test('is stopped, keeps what came, and can begin anew', async () => {
    let calls = 0
    const { store } = storeOf(async function* (signal) {
      calls += 1
      yield events[0]!
      yield events[1]!
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const running = store.start(order)
    await store.start(order)
    await new Promise(setImmediate)
    assert.equal(calls, 1, 'one at a time')
    store.stop()
    await running
    const { run } = store.get()
    assert.deepEqual([run?.state, run?.failure, run?.columns[0]?.text], ['stopped', null, 'one\n\ndata: two'])
    const again = store.start(order)
    assert.equal(store.get().run?.columns[0]?.text, '')
    await new Promise(setImmediate)
    store.stop()
    await again
  })

  test('says what broke, and when the end is missing', async () => {
    const broken = storeOf(() => {
      throw new Error('no such provider')
    }).store
    await broken.start(order)
    assert.equal(broken.get().run?.failure?.message, 'no such provider')
    const cut = storeOf(async function* () {
      yield events[0]!
    }).store
    await cut.start(order)
    assert.equal(cut.get().run?.state, 'failed')
    assert.match(cut.get().run!.failure!.message, /Nothing was kept/)
  })

  test('a place that is taken away takes its column along, and a new one has none', async () => {
    const { store } = storeOf(async function* () {
      yield* events
    })
    await store.start(order)
    store.addTarget()
    store.setTarget(2, 'c/z')
    store.removeTarget(0)
    assert.deepEqual(store.get().form.targets, ['b/y', 'c/z'])
    assert.deepEqual(
      store.get().run?.columns.map((column) => column?.target ?? null),
      ['b/y', null],
    )
  })
})

describe('models to choose from', () => {
  const provider = (id: string, more: Partial<ProviderRow> = {}) =>
    ({ id, status: 'healthy', residency: null, synthetic: false, ...more }) as ProviderRow
  const route = (...targets: string[]) => {
    const split = (target: string) => ({ provider: target.split('/')[0], model: target.split('/')[1] })
    return { targets: targets.map(split) } as RouteRow
  }
  const model = (id: string, loaded: boolean | null = null) => ({ id, loaded }) as ModelRow
  const providers = [
    provider('sandbox', { synthetic: true, residency: 'local' }),
    provider('cloud'),
    provider('box', { residency: 'local' }),
    provider('bare', { residency: 'local', status: 'unconfigured' }),
  ]

  test('are listed by provider, what runs here first, each once', () => {
    const groups = suggestionsOf(providers, [route('cloud/big', 'box/small'), route('box/small')], {
      box: [model('tiny', true), model('small', false)],
    })
    assert.deepEqual(
      groups.map(({ provider: id }) => id),
      ['box', 'cloud', 'sandbox'],
    )
    assert.deepEqual(groups[0]!.items, [
      { target: 'box/small', model: 'small', loaded: false, routed: true },
      { target: 'box/tiny', model: 'tiny', loaded: true, routed: false },
    ])
  })

  test('a bench begins with two that routes have, of providers that can be called', () => {
    assert.deepEqual(firstTargets(providers, [route('bare/x', 'cloud/big', 'box/small', 'box/tiny')]), [
      'box/small',
      'box/tiny',
    ])
    assert.deepEqual(firstTargets(providers, [route('cloud/big')]), ['cloud/big', ''])
    assert.deepEqual(firstTargets(providers, []), ['', ''])
  })
})
