import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ToolCallView, ToolView } from '../../server/core/evaluation.ts'
import { CallChecker } from '../../server/evaluators/tools/check-arguments.ts'
import { countMatches } from '../../server/evaluators/tools/match-calls.ts'
import { schemaWork } from '../../server/evaluators/tools/schema-work.ts'
import { replyOf } from './reply.ts'
import { make, requestOf, scoreNow, subjectOf } from './subject.ts'

const call = (name: string, given: unknown = {}): ToolCallView => ({
  name,
  arguments: typeof given === 'string' ? given : JSON.stringify(given),
})

function score(
  made: readonly ToolCallView[],
  options: Record<string, unknown>,
  expected?: readonly ToolCallView[],
  tools: readonly ToolView[] = [],
) {
  return scoreNow(
    make('tool-call-match', options),
    subjectOf(replyOf('', { toolCalls: made }), {
      request: requestOf('?', { tools }),
      reference: expected === undefined ? null : { toolCalls: expected },
    }),
  )
}

describe('tool-call-match', () => {
  const [oslo, rome] = [call('weather', { city: 'Oslo' }), call('weather', { city: 'Rome' })]

  it('scores by F1 of what was expected and what was made', () => {
    assert.deepEqual(score([oslo, rome], {}, [rome, oslo]), {
      score: 1,
      passed: true,
      reason: 'Of 2 expected tool calls 2 are among the 2 made.',
    })
    assert.deepEqual(score([oslo], {}, [oslo, rome]), {
      score: 2 / 3,
      passed: false,
      reason: 'Of 2 expected tool calls 1 is among the 1 made.',
    })
    assert.equal(score([oslo], { threshold: 0.5 }, [oslo, rome])?.passed, true)
    assert.equal(score([oslo, oslo], {}, [oslo])?.score, 2 / 3)
    assert.equal(score([], {}, [oslo])?.score, 0)
    assert.equal(score([], {}, [])?.score, 1)
    assert.equal(score([oslo], {}, [])?.score, 0)
  })

  it('compares arguments as it is told', () => {
    const more = call('weather', { city: 'Oslo', unit: 'C', days: [1, 2] })
    const matches = (made: ToolCallView, expected: ToolCallView, rule?: string) =>
      score([made], rule === undefined ? {} : { arguments: rule }, [expected])?.score === 1
    assert.deepEqual(
      [matches(more, oslo), matches(more, oslo, 'exact'), matches(more, rome, 'names')],
      [true, false, true],
    )
    assert.equal(matches(call('weather', '{ "city" : "Oslo" }'), oslo, 'exact'), true)
    assert.equal(matches(call('weather', { days: [1] }), call('weather', { days: [1, 2] })), false)
    assert.equal(matches(call('a', { x: { y: 1, z: 2 } }), call('a', { x: { y: 1 } })), true)
    assert.equal(matches(call('a', { x: null }), call('a', { x: {} })), false)
    assert.equal(matches(call('a', ''), call('a', {})), true)
    assert.equal(matches(call('patch', 'free text'), call('patch', ' free text\n')), true)
    assert.equal(
      matches(
        call('a', '['.repeat(50_000) + ']'.repeat(50_000)),
        call('a', '['.repeat(50_000) + ']'.repeat(50_000)),
        'exact',
      ),
      false,
    )
  })

  it('minds the order where it is told to', () => {
    const all = ['a', 'b', 'c'].map((name) => call(name))
    const [a, b, c] = all as [ToolCallView, ToolCallView, ToolCallView]
    assert.equal(score([c, a, b], { order: 'same' }, all)?.score, 2 / 3)
    assert.equal(score([a, b, c], { order: 'same' }, all)?.score, 1)
  })

  it('pairs calls so that most are matched', () => {
    const expected = [
      { name: 'a', arguments: {} },
      { name: 'a', arguments: { x: 1 } },
    ]
    const made = [call('a', { x: 1 }), call('a', { y: 2 })]
    assert.equal(countMatches(expected, made, { rule: 'subset', order: 'any' }), 2)
    assert.equal(countMatches(expected, made, { rule: 'subset', order: 'same' }), 1)
  })

  it('takes what is expected from its options, before the reference', () => {
    const options = { expected: [{ name: 'weather', arguments: { city: 'Oslo' } }, { name: 'ping' }] }
    assert.equal(score([oslo, call('ping', { any: 1 })], options, [rome])?.score, 1)
    assert.equal(score([oslo], { expected: [{ name: 'weather', arguments: '{"city":"Oslo"}' }] })?.score, 1)
  })
})

describe('tool-call-match without a reference', () => {
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
  const tools = [{ name: 'weather', parameters }, { name: 'patch' }]

  it('holds calls against the tools of the request', () => {
    const calls = [
      call('weather', { city: 'Oslo' }),
      call('patch', 'free text'),
      call('weather', {}),
      call('wether', {}),
    ]
    assert.deepEqual(score(calls, {}, undefined, tools), {
      score: 0.5,
      passed: false,
      reason: 'Of 4 tool calls, 1 name no tool of the request and 1 break its schema.',
    })
    assert.equal(score(calls.slice(0, 2), {}, undefined, tools)?.passed, true)
    assert.equal(score([call('weather', '{"city":')], {}, undefined, tools)?.score, 0)
  })

  it('says nothing where there is nothing to go by', () => {
    assert.equal(score([], {}, undefined, tools), null)
    assert.equal(score([call('weather', {})], {}, undefined, []), null)
    const bad = [{ name: 'weather', parameters: { type: 'no such type' } }]
    assert.equal(score([call('weather', {})], {}, undefined, bad), null)
  })
})

describe('the schemas that clients send', () => {
  const tree = {
    type: 'object',
    properties: { children: { type: 'array', items: { $ref: '#' } }, name: { type: 'string' } },
    required: ['name'],
  }
  const nested = (depth: number): unknown =>
    depth === 0 ? { name: 'leaf' } : { name: 'node', children: [nested(depth - 1)] }

  it('are used where they take little time, references and all', () => {
    const checker = new CallChecker()
    const tools = [{ name: 'a', parameters: tree }]
    assert.equal(checker.check(call('a', nested(6)), tools), 'right')
    assert.equal(checker.check(call('a', { name: 'x', children: [{}] }), tools), 'breaks-schema')
  })

  it('are left alone where they would branch without end', () => {
    const checker = new CallChecker()
    const item = { type: 'array', items: { anyOf: Array.from({ length: 8 }, () => ({ $ref: '#/$defs/item' })) } }
    const branching = { $defs: { item }, $ref: '#/$defs/item' }
    const chain = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `d${at}`,
        { allOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
      ]),
    )
    const doubling = { $defs: { ...chain, d30: { type: 'object' } }, $ref: '#/$defs/d0' }
    const deep = `${'['.repeat(20)}1${']'.repeat(20)}`
    const startedAt = performance.now()
    for (const parameters of [
      branching,
      doubling,
      { $ref: '#' },
      { $dynamicRef: '#a' },
      { $ref: 'https://example.com' },
    ])
      assert.equal(
        checker.check(call('a', parameters === branching ? deep : {}), [{ name: 'a', parameters }]),
        'unknown',
      )
    assert.ok(performance.now() - startedAt < 5000)
    assert.equal(
      checker.check(call('a', '['.repeat(100) + ']'.repeat(100)), [{ name: 'a', parameters: {} }]),
      'unknown',
    )
  })

  it('are not compiled where they are very long', () => {
    const parameters = { type: 'object', description: 'x'.repeat(40_000) }
    assert.equal(new CallChecker().check(call('a', {}), [{ name: 'a', parameters }]), 'unknown')
  })

  it('are weighed by how often their parts can be applied', () => {
    assert.equal(schemaWork({}, 5), 1)
    assert.equal(schemaWork({ properties: { a: {}, b: { items: {} } } }, 2), 4)
    assert.equal(schemaWork({ properties: { a: {}, b: { items: {} } } }, 0), 1)
    assert.equal(schemaWork({ enum: [{ a: {} }], anyOf: [{}, {}] }, 3), 3)
    assert.equal(schemaWork({ $ref: '#/definitions/a~1b', definitions: { 'a/b': { not: {} } } }, 1), 3)
    // On each of three levels the tree itself, `name`, and but on the last `children` and what it refers to.
    assert.equal(schemaWork(tree, 4), 9)
    assert.equal(schemaWork({ anyOf: [{ $ref: '#' }] }, 1), Number.POSITIVE_INFINITY)
  })
})
