import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Score } from '../../server/core/evaluation.ts'
import { replyOf } from './reply.ts'
import { make, scoreNow, subjectOf } from './subject.ts'

/** Of a text or a reply, which these evaluators always judge. */
const judge = (kind: string, options: Record<string, unknown>, reply: Parameters<typeof subjectOf>[0]): Score =>
  scoreNow(make(kind, options), subjectOf(reply))!

describe('non-empty', () => {
  const CASES = {
    'passes text': [replyOf('Hello'), true, 'The reply has text.'],
    'passes text that was cut off': [replyOf('Hel', { finishReason: 'length' }), true, 'The reply has text.'],
    'passes a tool call without text': [
      replyOf('', { toolCalls: [{ name: 'look_up', arguments: '{}' }] }),
      true,
      'The reply calls a tool.',
    ],
    'fails nothing': [replyOf(''), false, 'The reply is empty.'],
    'fails blanks': [replyOf(' \n\t '), false, 'The reply is empty.'],
    'fails a refusal, with text or without': [replyOf('Sorry', { refusal: 'No.' }), false, 'The model refused.'],
    'fails what has spent its tokens on reasoning': [
      replyOf('', { finishReason: 'length' }),
      false,
      'The reply is empty: its tokens ran out before any text.',
    ],
    'fails what was filtered': [
      replyOf('', { finishReason: 'content-filter' }),
      false,
      'The reply is empty: a content filter took it.',
    ],
    'fails a reply without an ending': [replyOf('', { finishReason: null }), false, 'The reply is empty.'],
  } as const
  for (const [name, [reply, passed, reason]] of Object.entries(CASES))
    it(name, () => assert.deepEqual(judge('non-empty', {}, reply), { score: passed ? 1 : 0, passed, reason }))
})

describe('json-schema', () => {
  const person = {
    type: 'object',
    properties: { name: { type: 'string', minLength: 1 }, age: { type: 'integer', minimum: 0 } },
    required: ['name'],
    additionalProperties: false,
  }
  const score = (text: string, schema: unknown = person) => judge('json-schema', { schema }, text)

  it('passes JSON that is valid under the schema', () => {
    assert.deepEqual(score(' {"name":"Ada","age":36}\n'), {
      score: 1,
      passed: true,
      reason: 'The reply is JSON and valid under the schema.',
    })
  })

  it('accepts one fenced block around everything, and says so', () => {
    for (const text of [
      '```json\n{"name":"Ada"}\n```',
      '```\n{"name":"Ada"}```',
      '\n```JSON \r\n{"name":"Ada"}\r\n```\n',
    ])
      assert.equal(score(text).reason, 'The reply is JSON and valid under the schema, in a fenced block.')
    for (const text of ['Here it is:\n```json\n{"name":"Ada"}\n```', '```json\n{"name":"Ada"}\n```\n```json\n{}\n```'])
      assert.equal(score(text).reason, 'The reply is not JSON.')
  })

  it('fails what is not JSON, and what is cut off', () => {
    for (const text of ['', 'Ada', '{"name":"Ada"', "{'name':'Ada'}"])
      assert.deepEqual(score(text), { score: 0, passed: false, reason: 'The reply is not JSON.' })
  })

  it('names what of the schema is broken, in words of the schema', () => {
    const REASONS: Readonly<Record<string, RegExp>> = {
      '{"age":3}': /must have required property 'name' \(#\/required\)/,
      '{"name":5}': /must be string \(#\/properties\/name\/type\)/,
      '{"name":"Ada","age":-1}': /must be >= 0 \(#\/properties\/age\/minimum\)/,
      '{"name":"Ada","kiwi":1}': /must NOT have additional properties \(#\/additionalProperties\)/,
      '[]': /must be object \(#\/type\)/,
    }
    for (const [text, reason] of Object.entries(REASONS)) {
      const result = score(text)
      assert.equal(result.passed, false)
      assert.match(result.reason, reason)
      assert.doesNotMatch(result.reason, /Ada|kiwi/)
    }
  })

  it('reads the schema as 2020-12, and as draft-07 where it says so', () => {
    const tuple = { prefixItems: [{ type: 'string' }], items: false }
    assert.deepEqual(
      ['["a"]', '["a",1]', '[1]'].map((text) => score(text, tuple).passed),
      [true, false, false],
    )
    const old = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      items: [{ type: 'string' }],
      additionalItems: false,
    }
    assert.deepEqual(
      ['["a"]', '["a",1]', '[1]'].map((text) => score(text, old).passed),
      [true, false, false],
    )
    const recent = { ...tuple, $schema: 'https://json-schema.org/draft/2020-12/schema' }
    assert.equal(score('[1]', recent).passed, false)
  })

  it('takes keywords that it does not know for notes, and does not check formats', () => {
    assert.equal(score('"x"', { type: 'string', format: 'email', example: 'a@b.c', deprecated: false }).passed, true)
  })

  it('looks for patterns in linear time, as JavaScript writes them', () => {
    const pattern = { type: 'string', pattern: '^(?<word>\\p{L}+)\\u0021$' }
    assert.deepEqual(
      ['"héllo!"', '"héllo?"'].map((text) => score(text, pattern).passed),
      [true, false],
    )
    const two = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } }
    assert.deepEqual(
      ['{"a":"a","b":"b"}', '{"a":"b","b":"a"}'].map((text) => score(text, two).passed),
      [true, false],
    )
    const greedy = score(`"${'a'.repeat(100_000)}!"`, { type: 'string', pattern: '^(a+)+$' })
    assert.equal(greedy.passed, false)
  })

  it('judges what is nested deeply without falling over', () => {
    const list = { $defs: { list: { type: 'array', items: { $ref: '#/$defs/list' } } }, $ref: '#/$defs/list' }
    assert.equal(score('[[[]]]', list).passed, true)
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    assert.equal(score(deep, list).passed, false)
  })

  it('says what is wrong with a schema', () => {
    const WRONG: readonly [unknown, RegExp][] = [
      [undefined, /`schema` must be a JSON Schema/],
      ['{}', /`schema` must be a JSON Schema/],
      [{ type: 'strnig' }, /is no JSON Schema: schema is invalid: data\/type/],
      [{ $ref: 'https://example.com/other.json' }, /can't resolve reference/],
      [{ $schema: 'http://json-schema.org/draft-04/schema#' }, /draft-04/],
      [{ type: 'string', pattern: '(?=a)' }, /is no JSON Schema: .*\(\?=/],
    ]
    for (const [schema, message] of WRONG)
      assert.throws(() => make('json-schema', { schema }), { name: 'TypeError', message })
  })
})

describe('regex', () => {
  const score = (options: Record<string, unknown>, text: string) => judge('regex', options, text)

  it('wants the pattern anywhere in the text', () => {
    assert.deepEqual(score({ pattern: '(?i)ref-\\d+' }, 'See REF-12.'), {
      score: 1,
      passed: true,
      reason: 'The pattern is in the reply.',
    })
    assert.deepEqual(score({ pattern: '^\\d+$', must: 'match' }, 'See 12.'), {
      score: 0,
      passed: false,
      reason: 'The pattern is not in the reply.',
    })
  })

  it('or wants it nowhere', () => {
    const options = { pattern: 'as an ai', must: 'not_match' }
    assert.equal(score(options, 'Of course.').passed, true)
    assert.equal(score(options, 'I, as an ai, cannot.').passed, false)
  })

  it('looks at the text alone', () => {
    const reply = replyOf('fig', { refusal: 'kiwi', toolCalls: [{ name: 'kiwi', arguments: 'kiwi' }] })
    assert.equal(judge('regex', { pattern: 'kiwi' }, reply).passed, false)
  })

  it('says what is wrong with its options', () => {
    assert.throws(() => make('regex', {}), { name: 'TypeError', message: /`pattern` must be/ })
    assert.throws(() => make('regex', { pattern: 'a(b' }), { name: 'TypeError', message: /is no regular expression: / })
    assert.throws(() => make('regex', { pattern: 'a', must: 'not' }), { name: 'TypeError', message: /`must` is/ })
  })
})

describe('a turn that only calls tools', () => {
  const reply = replyOf('', { toolCalls: [{ name: 'look_up', arguments: '{}' }], finishReason: 'tool-calls' })
  for (const [id, options] of [
    ['non-empty', {}],
    ['json-schema', { schema: { type: 'object' } }],
    ['regex', { pattern: 'x' }],
  ] as const)
    it(`is not held against it by ${id}`, () => assert.equal(judge(id, options, reply).passed, true))
})
