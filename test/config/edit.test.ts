import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { addProvider } from '../../server/config/edit.ts'

const PROVIDER = { kind: 'openai', api_key: '${env:OPENAI_API_KEY}', residency: 'us' }
const LINES = ['  new:', '    kind: openai', '    api_key: ${env:OPENAI_API_KEY}', '    residency: us']

const add = (source: string, id = 'new') => addProvider(source, id, PROVIDER)

test('the example file gains four lines, behind the comments of the providers, and no other line changes', () => {
  const example = readFileSync(new URL('../../resources/gatehouse.example.yaml', import.meta.url), 'utf8')
  const before = example.split('\n')
  const after = add(example).split('\n')
  const at = after.indexOf(LINES[0]!)
  assert.deepEqual(after.slice(at, at + 4), LINES)
  assert.deepEqual(after.toSpliced(at, 4), before)
  assert.match(after[at - 1]!, /^ {2}# /)
  assert.match(after[at + 4]!, /^#|^routes:/)
})

test('whatever way the file is written, it is kept, and means what it did and the provider', () => {
  const sources = [
    'version: 1\nroutes: {}\n',
    'version: 1\nproviders:\nroutes: {}\n',
    'version: 1\nproviders: # none yet\n  # vllm:\n\nroutes: {}\n',
    'version: 1\nproviders: {}\nroutes: {}\n',
    'version: 1\nproviders: { a: { kind: x }   } # why\nroutes: {}\n',
    'version: 1\nproviders: {\n  a: { kind: x }, # why\n}\nroutes: {}\n',
    'version: 1\r\nproviders:\r\n  a:\r\n    kind: x   # aligned\r\n\r\nroutes: {}\r\n',
    'providers:\n    a:\n        kind: x',
    'version: 1\nproviders: &p\n  a: { kind: x }\nroutes: {}\n...\n',
    '{"version":1,"providers":{"a":{"kind":"x"}},"routes":{}}',
    '{"version":1,"routes":{}}',
    'version: 1\nproviders:\n  a:\n    headers:\n      t: |\n        one\n\n        two\n  # tail\nroutes: {}\n',
  ]
  for (const source of sources) {
    const text = add(source)
    const was = parse(source) as { providers?: object }
    assert.deepEqual(parse(text), { ...was, providers: { ...was.providers, new: PROVIDER } }, source)
    const kept = source
      .split(/\r?\n/)
      .filter((line) => line !== '' && !/^providers: \{|^\{| {2}a: \{ kind: x \},/.test(line))
    for (const line of kept) assert.ok(text.split(/\r?\n/).includes(line), `${line} of ${source} is gone in ${text}`)
    if (source.includes('\r\n')) assert.doesNotMatch(text, /[^\r]\n/)
    else assert.doesNotMatch(text, /\r/)
  }
})

test('a file in flow style stays in it', () => {
  assert.equal(
    add('providers: { a: { kind: x } } # why\n'),
    'providers: { a: { kind: x }, new: { kind: openai, api_key: "${env:OPENAI_API_KEY}", residency: us } } # why\n',
  )
  assert.deepEqual(
    JSON.parse(
      add('{"providers":{}}')
        .replace('new: ', '"new": ')
        .replace(/\{ kind.*?\} /, '{} '),
    ),
    {
      providers: { new: {} },
    },
  )
})

test('ids that YAML would read as something else are quoted', () => {
  for (const id of ['true', 'null', '123', '1e3', '0x10', '2026-01-01', 'no'])
    for (const source of ['providers:\n  a: { kind: x }\n', 'providers: { a: { kind: x } }\n'])
      assert.ok(Object.keys(parse(add(source, id)).providers).includes(id), id)
})

test('what cannot be edited is refused, not broken', () => {
  assert.throws(() => add('base: &b { a: { kind: x } }\nproviders: *b\n'), /by hand/)
})
