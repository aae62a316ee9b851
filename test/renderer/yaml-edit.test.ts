import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { addRoute, nameProblem } from '../../renderer/routes/add-route.ts'
import { setValue } from '../../renderer/routes/yaml-edit.ts'
import { addItem, moveItem, removeItem } from '../../renderer/routes/yaml-list.ts'

const FILE = `# The top.
version: 1
providers:
  a: { kind: vllm,   base_url: http://x/v1 }   # aligned
routes:
  # The first route.
  one:
    strategy: weighted   # why
    targets:
      # the good one
      - { provider: a, model: "m:1", weight: 3 }  # c1
      # the spare
      - { provider: a,  model: m2 }
    retry: { max: 1 }
    # the end of one

  two:
    targets:
      - provider: a
        model: z
      - provider: b
        model: y
    timeouts:
      total: 5m   # long
    fallback:
`
const lines = (text: string) => text.split('\n')
/** Lines of `after` that are not in `before`, and the other way round. */
const changed = (before: string, after: string) => ({
  gone: lines(before).filter((line) => !lines(after).includes(line)),
  come: lines(after).filter((line) => !lines(before).includes(line)),
})

const edits: [what: string, text: string, gone: string[], come: string[]][] = [
  [
    'a value is replaced where it stands',
    setValue(FILE, ['routes', 'one', 'strategy'], 'priority'),
    ['    strategy: weighted   # why'],
    ['    strategy: priority   # why'],
  ],
  [
    'a member joins a map on one line',
    setValue(FILE, ['routes', 'one', 'retry', 'budget'], 0.3),
    ['    retry: { max: 1 }'],
    ['    retry: { max: 1, budget: 0.3 }'],
  ],
  [
    'the last member of a map takes the map along',
    setValue(FILE, ['routes', 'one', 'retry', 'max'], undefined, 2),
    ['    retry: { max: 1 }'],
    [],
  ],
  [
    'a new map comes at the end of the route',
    setValue(FILE, ['routes', 'one', 'hedge', 'after'], 'p95'),
    [],
    ['    hedge: { after: p95 }'],
  ],
  ['a member joins a block', setValue(FILE, ['routes', 'two', 'timeouts', 'idle'], '3s'), [], ['      idle: 3s']],
  [
    'what is written without a value gets one',
    setValue(FILE, ['routes', 'two', 'fallback', 'on_error'], false),
    ['    fallback:'],
    ['    fallback: { on_error: false }'],
  ],
  [
    'a member leaves a map on one line',
    setValue(FILE, ['routes', 'one', 'targets', 0, 'weight'], undefined, 3),
    ['      - { provider: a, model: "m:1", weight: 3 }  # c1'],
    ['      - { provider: a, model: "m:1" }  # c1'],
  ],
  [
    'an item joins in the style of the list',
    addItem(FILE, ['routes', 'two', 'targets'], { provider: 'c', model: 'k, 1' }),
    [],
    ['      - provider: c', '        model: "k, 1"'],
  ],
  [
    'an item leaves with its line',
    removeItem(FILE, ['routes', 'one', 'targets'], 1),
    ['      - { provider: a,  model: m2 }'],
    [],
  ],
]

for (const [what, text, gone, come] of edits)
  test(`${what}, and nothing else changes`, () => assert.deepEqual(changed(FILE, text), { gone, come }))

test('an item moves with the comments above it and behind it', () => {
  const text = moveItem(FILE, ['routes', 'one', 'targets'], 1, 0)
  assert.match(
    text,
    / {4}targets:\n {6}# the spare\n {6}- \{ provider: a, {2}model: m2 \}\n {6}# the good one\n {6}- .*# c1\n {4}retry/,
  )
  assert.equal(moveItem(text, ['routes', 'one', 'targets'], 0, 1), FILE)
})

test('JSON stays JSON, and Windows line ends stay', () => {
  const json = JSON.stringify({ routes: { one: { targets: [{ provider: 'a', model: 'm' }] } } })
  const added = addItem(json, ['routes', 'one', 'targets'], { provider: 'b', model: 'n' })
  assert.deepEqual(JSON.parse(setValue(added, ['routes', 'one', 'retry', 'max'], 2)), {
    routes: {
      one: {
        targets: [
          { provider: 'a', model: 'm' },
          { provider: 'b', model: 'n' },
        ],
        retry: { max: 2 },
      },
    },
  })
  const windows = setValue(FILE.replaceAll('\n', '\r\n'), ['routes', 'one', 'priority'], 'high')
  assert.equal(windows.replaceAll('\r\n', '').includes('\n'), false)
})

test('an edit that would change another place too is refused', () => {
  const shared = 'routes:\n  one: &same { targets: [], retry: { max: 1 } }\n  two: *same\n'
  assert.throws(() => setValue(shared, ['routes', 'two', 'retry', 'max'], 2), /Edit it as YAML/)
  assert.throws(() => setValue('a: [', ['routes'], 1), /Edit it as YAML/)
})

test('a route comes at the end of the routes, under a name that is free and good', () => {
  const text = addRoute(FILE, 'three', { provider: 'sandbox', model: 'echo' })
  assert.ok(text.endsWith('  three:\n    targets:\n      - { provider: sandbox, model: echo }\n'))
  assert.equal(parse(addRoute('version: 1\n', 'x', { provider: 'a', model: 'm' })).routes.x.targets.length, 1)
  assert.equal(nameProblem('three', ['one']), null)
  assert.match(nameProblem('one', ['one'])!, /There is a route/)
  assert.match(nameProblem('no blanks', [])!, /letters/)
})

const scalar = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.string(),
  fc.constantFrom('a: b', '# no', '1.', '', ' x ', 'null'),
)
const comment = fc.constantFrom('', '  # a comment', '\t# another')

/** A route in one of the styles that people write, with comments about. */
const routeText = fc
  .record({
    flow: fc.boolean(),
    items: fc.array(fc.record({ provider: fc.constantFrom('a', 'b'), model: fc.constantFrom('m:1', 'm 2') }), {
      minLength: 1,
      maxLength: 4,
    }),
    retry: fc.option(fc.integer({ min: 0, max: 9 })),
    comment,
  })
  .map(({ flow, items, retry, comment: note }) => {
    const list = flow
      ? `    targets: [${items.map(({ provider, model }) => `{ provider: ${provider}, model: "${model}" }`).join(', ')}]${note}`
      : `    targets:\n${items.map(({ provider, model }) => `      # of ${provider}\n      - provider: ${provider}${note}\n        model: "${model}"`).join('\n')}`
    return `version: 1\nroutes:${note}\n  one:\n${list}\n${retry === null ? '' : `    retry: { max: ${retry} }${note}\n`}  # after\n  two: { targets: [] }\n`
  })

const notes = (text: string) => text.match(/#.*/g) ?? []

test('whatever is set, the file says it and everything else it said, with every comment', () => {
  fc.assert(
    fc.property(
      routeText,
      fc.constantFrom('strategy', 'retry.max', 'hedge.after', 'priority'),
      scalar,
      (file, at, value) => {
        const path = ['routes', 'one', ...at.split('.')]
        const text = setValue(file, path, value)
        const wanted = parse(file)
        let place = wanted.routes.one
        for (const step of at.split('.').slice(0, -1)) place = place[step] ??= {}
        place[at.split('.').at(-1)!] = value
        assert.deepEqual(parse(text), wanted)
        const kept = notes(text)
        for (const note of notes(file)) assert.ok(kept.some((each) => each.includes(note)))
        const back = setValue(text, path, undefined, 2)
        assert.deepEqual(Object.keys(parse(back).routes), ['one', 'two'])
      },
    ),
  )
})

test('a list in any style is reordered, and keeps its comments', () => {
  fc.assert(
    fc.property(routeText, fc.nat(3), fc.nat(3), (file, from, to) => {
      const before = parse(file).routes.one.targets
      fc.pre(from < before.length && to < before.length)
      const text = moveItem(file, ['routes', 'one', 'targets'], from, to)
      assert.deepEqual(parse(text).routes.one.targets, before.toSpliced(from, 1).toSpliced(to, 0, before[from]))
      assert.deepEqual(notes(text).toSorted(), notes(file).toSorted())
      assert.equal(text.length, file.length)
    }),
  )
})
