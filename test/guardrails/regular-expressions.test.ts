import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { check } from 'recheck'
import { parseSync } from 'vite'
import { sources } from '../config/imports.ts'

/**
 * No regular expression of the guardrails may take more than linear time, however its text is made. Those of config and
 * schemas run on RE2; these here are V8's, so each is analysed.
 */

/** Milliseconds for one of them; and how often those are bred that the automata cannot tell: it finds such soon or not. */
const PARAMETERS = { timeout: 20_000, maxIteration: 5 }
/** What the analysis cannot tell, or is wrong about, each with the reason why it is linear. By pattern and flags. */
const LINEAR_BECAUSE: Readonly<Record<string, string>> = {
  // A busy machine ends the analysis of such counts early, with a guess.
  '/(?:[01]{8} ?){6,2048}/g': 'a run of digits can be split in one way only; six groups fail within 54 units',
  '/(?:\\d{2,3}[ ,]{1,2}){8,2048}\\d{2,3}/g': 'a digit and a blank end each group; eight groups fail within 40 units',
}

interface Found {
  pattern: string
  flags: string
  places: string[]
}

/** Of syntax trees: https://github.com/estree/estree. */
interface Node {
  type: string
  start: number
  regex?: { pattern: string; flags: string }
  callee?: { type: string; name?: string }
  arguments?: Node[]
  value?: unknown
  quasis?: { value: { cooked: string } }[]
}

/** Every regular expression in code, and the calls of `RegExp` whose text is put together elsewhere. */
function regularExpressionsIn(file: string, code: string): { literals: Found[]; built: string[] } {
  const literals: Found[] = []
  const built: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    const place = `${file}:${code.slice(0, node.start).split('\n').length}`
    if (node.regex) literals.push({ ...node.regex, places: [place] })
    else if (node.callee?.name === 'RegExp') {
      const [pattern, flags = ''] = (node.arguments ?? []).map(textOf)
      if (typeof pattern === 'string' && typeof flags === 'string') literals.push({ pattern, flags, places: [place] })
      else built.push(place)
    }
    for (const inner of Object.values(node)) visit(inner)
  }
  visit(parseSync(file, code).program)
  return { literals, built }
}

/** `null`: not known before it runs. */
function textOf({ type, value, quasis }: Node): string | null {
  if (type === 'Literal' && typeof value === 'string') return value
  return type === 'TemplateLiteral' && quasis?.length === 1 ? quasis[0]!.value.cooked : null
}

/** Keeps the expressions that the guardrails put together themselves, as they do it. */
function recordBuilt(record: (each: Found) => void): () => void {
  const Original = globalThis.RegExp
  const recorded = (expression: RegExp) => {
    const caller = new Error().stack!.split('\n').find((line) => line.includes('/server/guardrails/'))
    const place = /server\/guardrails\/[^:]+:\d+/.exec(caller ?? '')?.[0]
    if (place !== undefined) record({ pattern: expression.source, flags: expression.flags, places: [place] })
    return expression
  }
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, [pattern, flags]) => recorded(new target(pattern, flags)),
    apply: (target, _, [pattern, flags]) => recorded(target(pattern, flags)),
  })
  return () => {
    globalThis.RegExp = Original
  }
}

const found = new Map<string, Found>()
const built: string[] = []
function add(each: Found): void {
  const key = `/${each.pattern}/${each.flags}`
  const known = found.get(key)
  if (known) known.places.push(...each.places)
  else found.set(key, each)
}

before(async () => {
  for (const [file, code] of sources('server/guardrails')) {
    const inFile = regularExpressionsIn(file, code)
    built.push(...inFile.built)
    inFile.literals.forEach(add)
  }
  const restore = recordBuilt(add)
  const { guardrails } = await import('../../server/guardrails/index.ts')
  const { SAMPLES, context } = await import('../contract/guardrail-samples.ts')
  for (const [name, { options, seeds }] of Object.entries(SAMPLES)) {
    const guardrail = guardrails.get(name)!.create(options)
    for (const text of seeds) await guardrail.inspect({ text, origin: 'user', place: '' }, context)
  }
  restore()
})

it('finds every regular expression in code, and nothing else', () => {
  const code = [
    'const a: RegExp = /a+/gu // not /this/',
    "const b = x / y / z, c = 'not /this/', d = new RegExp('b*', 'i')",
    'const e = RegExp(`c`), f = new RegExp(a.source)',
  ].join('\n')
  const { literals, built } = regularExpressionsIn('a.ts', code)
  assert.deepEqual(literals, [
    { pattern: 'a+', flags: 'gu', places: ['a.ts:1'] },
    { pattern: 'b*', flags: 'i', places: ['a.ts:2'] },
    { pattern: 'c', flags: '', places: ['a.ts:3'] },
  ])
  assert.deepEqual(built, ['a.ts:3'])
})

it('knows a bad one when it sees it', async () => {
  assert.equal((await check('^(a+)+$', '', PARAMETERS)).status, 'vulnerable')
})

it('has seen the text of those that are put together', () => {
  const files = new Set([...found.values()].flatMap(({ places }) => places))
  assert.deepEqual(
    built.filter((place) => !files.has(place)),
    [],
  )
})

it('has only linear ones', async (t) => {
  const startedAt = performance.now()
  const wrong: string[] = []
  const waiting = [...found]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [key, { pattern, flags, places }] = next
      if (key in LINEAR_BECAUSE) continue
      const result = await check(pattern, flags, PARAMETERS)
      if (result.status === 'safe') continue
      const why =
        result.status === 'unknown'
          ? result.error.kind
          : `${result.complexity.summary}, ${result.attack.pattern}, ${result.checker}`
      wrong.push(`${result.status}: ${key} (${why}) at ${places.join(', ')}`)
    }
  }
  await Promise.all([work(), work()])
  t.diagnostic(`${found.size} in ${Math.round(performance.now() - startedAt)} ms`)
  assert.ok(found.size > 20)
  assert.deepEqual(wrong.sort(), [])
})

it('excuses none that is not there', () => {
  assert.deepEqual(
    Object.keys(LINEAR_BECAUSE).filter((key) => !found.has(key)),
    [],
  )
})
