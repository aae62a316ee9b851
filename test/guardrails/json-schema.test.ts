import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileSchema } from '../../server/core/json-schema.ts'
import { millisecondsOfThread } from '../support/thread-time.ts'
import { inspect, make } from './support.ts'

const schema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
}

describe('json-schema', () => {
  const block = make('json-schema', { schema })
  const retry = make('json-schema', { schema, on_invalid: 'retry' })
  const repair = make('json-schema', { schema, on_invalid: 'repair' })

  it('passes JSON under the schema, fenced or not', async () => {
    for (const text of [
      '{"name":"Ada"}',
      ' {"name":"Ada"}\n',
      '```json\n{"name":"Ada"}\n```',
      '```\n{"name":"Ada"}```',
    ])
      for (const guardrail of [block, retry]) assert.deepEqual(await inspect(guardrail, text), NOTHING)
  })

  it('is about all of a text that is not', async () => {
    assert.deepEqual(await inspect(block, 'Hello'), { ...INVALID, reason: 'The reply is not JSON.' })
    assert.deepEqual(await inspect(block, '{"name":7}'), {
      ...INVALID,
      reason: 'The reply breaks the schema: must be string (#/properties/name/type).',
    })
  })

  it('tells the model every fault, and not endlessly', async () => {
    const { score, advice } = await inspect(retry, '{"name":7,"age":"old"}')
    assert.equal(score, 1)
    assert.match(advice!, /- \/name: must be string .*\n- \/age: must be integer /)
    assert.match((await inspect(retry, 'Hello')).advice!, /not JSON/)
    const long = make('json-schema', { schema: { items: { type: 'string' } }, on_invalid: 'retry' })
    assert.equal((await inspect(long, `[${'1,'.repeat(999)}1]`)).advice!.length, 1000)
  })

  const MENDED: Readonly<Record<string, string>> = {
    '{"name":"Ada"': 'cut off',
    "{'name': 'Ada',}": 'quoted otherwise',
    '{name: "Ada"} // so it is': 'commented',
    '```json\n{"name":"Ada"}\n```': 'fenced',
    'Here you are:\n```json\n{"name": "Ada",}\n```\nAnything else?': 'among other words',
  }
  for (const [text, name] of Object.entries(MENDED))
    it(`mends JSON that is ${name}`, async () => {
      const { score, rewritten } = await inspect(repair, text)
      assert.deepEqual([score, JSON.parse(rewritten!)], [0, { name: 'Ada' }])
    })

  it('mends nothing that is valid, that would break the schema all the same, or that is long', async () => {
    assert.deepEqual(await inspect(repair, '{"name":"Ada"}'), NOTHING)
    for (const text of ['{"age":1', 'Hello', '{"name":7}', `{"name":"${'x'.repeat(20_000)}`]) {
      const { score, rewritten } = await inspect(repair, text)
      assert.deepEqual([score, rewritten], [1, undefined], text.slice(0, 20))
    }
  })

  it('says what is wrong with a schema', () => {
    const create = (each: unknown) => () => make('json-schema', { schema: each })
    assert.throws(create({ $ref: 'https://example.com/schema.json' }), /`schema` is no JSON Schema: .*resolve/)
    assert.throws(create({ type: 'text' }), /`schema` is no JSON Schema/)
    assert.throws(create({ pattern: '(?=a)' }), /`schema` is no JSON Schema/)
  })
})

describe('a compiled schema', () => {
  const isValid = (each: unknown, value: unknown) => compileSchema(each, 'schema').faults(value).length === 0

  it('reads both drafts', () => {
    const tuple = [{ type: 'string' }]
    assert.ok(!isValid({ prefixItems: tuple }, [1]))
    assert.ok(!isValid({ $schema: 'http://json-schema.org/draft-07/schema#', items: tuple }, [1]))
  })

  it('knows duplicates by what they are, in linear time', () => {
    const unique = { type: 'array', uniqueItems: true }
    assert.ok(
      !isValid(unique, [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ]),
    )
    assert.ok(isValid(unique, [1, '1', [1], { 1: 1 }, null, 'null', true, 'true']))
    assert.ok(isValid({ uniqueItems: false }, [1, 1]))
    const startedAt = millisecondsOfThread()
    assert.ok(
      isValid(
        unique,
        Array.from({ length: 100_000 }, (_, at) => ({ at })),
      ),
    )
    assert.ok(millisecondsOfThread() - startedAt < 5000)
  })

  it('has an answer for what is nested too deeply', () => {
    const nested = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown
    const faults = compileSchema({ type: 'array', items: { $ref: '#' } }, 'schema').faults(nested)
    assert.deepEqual(faults, [{ message: 'it is nested too deeply', place: '' }])
  })
})

const NOTHING = { score: 0, category: null, matches: [] }
const INVALID = { score: 1, category: 'schema', matches: [] }
