import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Arrow, arrowsOf, circlesIn, PROJECT, sources, withoutComments } from './config/imports.ts'

/**
 * The arrows of the house: who may import whom. Anything that is not allowed here is a violation, so that a new
 * room has to be put in its place before it can be used.
 */

const PARTS =
  'config dialects providers egress strategies guardrails evaluators cache stores telemetry statistics'.split(' ')

/** What each room of server/ may import besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ...Object.fromEntries(PARTS.map((part) => [part, ['core']])),
  attempts: ['core', ...PARTS],
  pipeline: ['core', 'attempts', ...PARTS],
  experiments: ['core', 'attempts', 'pipeline', ...PARTS],
  http: ['core', 'attempts', 'pipeline', 'experiments', ...PARTS],
  simulation: ['core', 'attempts', 'pipeline', 'stores', 'telemetry'],
  // One file for each command that is more than a few lines.
  commands: [
    'core',
    'attempts',
    'pipeline',
    'http',
    'simulation',
    ...PARTS,
    'catalogue.ts',
    'app.ts',
    'home.ts',
    'options.ts',
  ],
  // Worker threads are small composition roots of their own.
  threads: ['core', 'stores', 'telemetry', 'cache', 'guardrails', 'statistics'],
}
const ROOMS = Object.keys(ALLOWED)

/** Files beside the rooms: helpers that import no room, and the roots. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  'home.ts': [],
  'options.ts': ['home.ts'],
  'catalogue.ts': ROOMS,
  'observing.ts': ROOMS,
  'app.ts': [...ROOMS, 'observing.ts', 'catalogue.ts', 'home.ts', 'options.ts'],
  'main.ts': [...ROOMS, 'app.ts', 'home.ts', 'options.ts'],
  'commands.ts': [...ROOMS, 'catalogue.ts', 'app.ts', 'main.ts', 'home.ts', 'options.ts'],
  'cli.ts': ['commands.ts', 'main.ts'],
}

const server = sources('server')
const electron = sources('electron')
const renderer = sources('renderer')
const client = sources('client')
const arrows = (files: ReadonlyMap<string, string>) => [...files].flatMap(([file, code]) => arrowsOf(file, code))
const show = ({ from, to }: Arrow) => `${from} → ${to}`
const isCode = ({ to }: Arrow) => /\.(ts|tsx|js|mjs|cjs)$/.test(to)

/** `core` of server/core/ids.ts, `app.ts` of server/app.ts. */
function roomOf(file: string): string {
  return file.split('/')[1]!
}

test('the reader of imports sees every kind of import and nothing else', () => {
  const code = [
    "import a, { type B } from './a.ts'",
    "import type { C } from './c.ts'",
    "import {\n  type D,\n  type E,\n} from './d.ts'",
    "import './f.ts'",
    "export * from './g.ts'",
    "export type { H } from '../h.ts'",
    "const i = await import('./i.ts')",
    "new Worker(new URL('./j.ts', import.meta.url))",
    "// import './no.ts'\n/* import './no.ts' */",
    "import k from 'package'",
  ].join('\n')
  const seen = arrowsOf('server/x/y.ts', code).map(({ to, typeOnly, started }) => [to, typeOnly, started])
  assert.deepEqual(
    seen.sort(),
    [
      ['package', false, false],
      ['server/h.ts', true, false],
      ['server/x/a.ts', false, false],
      ['server/x/c.ts', true, false],
      ['server/x/d.ts', true, false],
      ['server/x/f.ts', false, false],
      ['server/x/g.ts', false, false],
      ['server/x/i.ts', false, false],
      ['server/x/j.ts', false, true],
    ].sort(),
  )
  assert.deepEqual(
    circlesIn(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
    [['b', 'c', 'b']],
  )
})

test('every import of ours leads to a file that is there', () => {
  for (const each of arrows(new Map([...server, ...electron])))
    if (each.ours && !each.started) assert.ok(existsSync(join(PROJECT, each.to)), show(each))
})

test('rooms of the server import only what stands before them', () => {
  const wrong = arrows(server).filter((each) => {
    if (!each.ours || (each.started && !isCode(each))) return false
    if (each.to === 'package.json') return roomOf(each.from) !== 'main.ts'
    if (!each.to.startsWith('server/')) return true
    const [from, to] = [roomOf(each.from), roomOf(each.to)]
    return from !== to && !(ALLOWED[from] ?? ROOTS[from] ?? []).includes(to)
  })
  assert.deepEqual(wrong.map(show), [])
  assert.ok(server.size > 50, 'the server was not read')
})

test('every file of the server stands in a room that has a place here', () => {
  const unplaced = [...server.keys()].filter((file) => !(roomOf(file) in ALLOWED) && !(roomOf(file) in ROOTS))
  assert.deepEqual(unplaced, [])
})

function circlesOf(files: ReadonlyMap<string, string>, types: boolean): string[] {
  const graph = new Map(
    [...files].map(([file, code]) => [
      file,
      arrowsOf(file, code)
        .filter((each) => each.ours && !each.started && (types || !each.typeOnly))
        .map((each) => each.to),
    ]),
  )
  return circlesIn(graph).map((circle) => circle.join(' → '))
}

test('no file imports itself in a circle when the program runs', () => {
  for (const files of [server, electron, renderer, client]) assert.deepEqual(circlesOf(files, false), [])
})

test('nor do types go in a circle from file to file', () => {
  for (const files of [server, electron, renderer, client]) assert.deepEqual(circlesOf(files, true), [])
})

test('the desktop shell imports nothing of the server and starts only its main file', () => {
  const outside = arrows(electron).filter((each) => each.ours && !each.to.startsWith('electron/'))
  const wrong = outside.filter((each) =>
    each.started ? isCode(each) && each.to !== 'server/main.ts' : each.to !== 'package.json',
  )
  assert.deepEqual(wrong.map(show), [])
})

test('only electron/main.ts needs the electron package at run time', () => {
  const users = arrows(new Map([...electron, ...server, ...renderer])).filter(
    (each) => !each.typeOnly && (each.to === 'electron' || each.to.startsWith('electron/main')) && !each.ours,
  )
  assert.deepEqual([...new Set(users.map(({ from }) => from))], ['electron/main.ts'])
})

test('the UI takes types of the admin API from the server, and nothing else', () => {
  const outside = arrows(renderer).filter((each) => each.ours && !each.to.startsWith('renderer/'))
  assert.ok(outside.length > 0)
  const wrong = outside.filter((each) => !(each.typeOnly && each.to === 'server/http/admin/schemas.ts'))
  assert.deepEqual(wrong.map(show), [])
})

test('the client library needs nothing but what Node and browsers have in common', () => {
  const all = arrows(client)
  assert.ok(all.length > 0)
  assert.deepEqual(all.filter(({ to }) => !to.startsWith('client/')).map(show), [])
})

/** What opens a connection, but for the names that only describe or serve one. */
const CLIENT_MODULES: Readonly<Record<string, readonly string[]>> = {
  undici: [],
  'node:http': ['createServer', 'Server', 'ServerResponse', 'IncomingMessage'],
  'node:https': [],
  'node:http2': [],
  'node:tls': [],
  'node:dgram': [],
  'node:dns': [],
  'node:dns/promises': [],
  'node:net': ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'createServer', 'Server'],
}

test('only the egress room imports what can open a connection', () => {
  const wrong = arrows(server).filter((each) => {
    if (roomOf(each.from) === 'egress' || each.typeOnly) return false
    const harmless = CLIENT_MODULES[each.to.replace(/^(https?|http2|tls|dgram|dns|net)$/, 'node:$1')]
    if (harmless === undefined) return false
    return each.names.length === 0 || each.names.some((name) => !name.startsWith('type ') && !harmless.includes(name))
  })
  assert.deepEqual(wrong.map(show), [])
})

test('only the egress room calls what opens a connection without an import', () => {
  const CALLS = /(?<![\w.$])(?:fetch|new WebSocket|new EventSource|new XMLHttpRequest)\s*\(|globalThis\.fetch/
  const wrong = [...server].filter(([file, code]) => roomOf(file) !== 'egress' && CALLS.test(withoutComments(code)))
  assert.deepEqual(
    wrong.map(([file]) => file),
    [],
  )
})

test('only the stores open databases, and nothing of the server but the stores and threads names SQL', () => {
  const wrong = arrows(server).filter(
    (each) => each.to === 'better-sqlite3' && !each.typeOnly && roomOf(each.from) !== 'stores',
  )
  assert.deepEqual(wrong.map(show), [])
  const SQL = /\b(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b/s
  const files = [...server].filter(([file, code]) => roomOf(file) !== 'stores' && SQL.test(withoutComments(code)))
  assert.deepEqual(
    files.map(([file]) => file),
    [],
  )
})
