import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Evaluator } from '../../server/core/evaluation.ts'
import { evaluators } from '../../server/evaluators/index.ts'
import { replyOf } from '../evaluators/reply.ts'

/** What every kind of evaluator must keep to. A new one is picked up from the index and needs a line here. */

const EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'non-empty': {},
  'json-schema': {
    schema: {
      type: 'object',
      properties: { answer: { type: 'string', pattern: '^(a+)+$' } },
      additionalProperties: { type: 'integer' },
      propertyNames: { maxLength: 8 },
    },
  },
  regex: { pattern: '^(a+)+$', must: 'not_match' },
}

/** Stands wherever a reply has content, and must not stand in a reason. */
const SECRET = 'kiwi'
const words = fc.constantFrom(SECRET, `${SECRET}\n`, 'a', '', ' ', '\0', '\uD800')
const jsons = fc.dictionary(words, fc.oneof(words, fc.nat(), fc.array(words))).map((value) => JSON.stringify(value))
const texts = fc.oneof(
  jsons,
  jsons.map((text) => `\`\`\`json\n${text}\n\`\`\``),
  fc.array(words).map((list) => list.join('')),
  fc.constantFrom('['.repeat(200_000), '{"a":'.repeat(50_000), `${'a'.repeat(100_000)}!`, 'null', '"kiwi"'),
)
const replies = fc.record({
  text: texts,
  refusal: fc.constantFrom('', '', SECRET),
  toolCalls: fc.array(fc.record({ name: words, arguments: texts }), { maxLength: 2 }),
  finishReason: fc.constantFrom('stop', 'length', 'tool-calls', 'content-filter', 'other', null),
})

test('there is an example of every kind of evaluator', () => {
  assert.deepEqual([...evaluators.keys()].sort(), Object.keys(EXAMPLES).sort())
})

for (const [id, kind] of evaluators) {
  const create = (): Evaluator => kind.create(EXAMPLES[id]!)

  test(`${id} goes by its name and tells what its options mean`, () => {
    assert.equal(kind.id, id)
    assert.equal(create().id, id)
    for (const name of Object.keys(EXAMPLES[id]!)) assert.ok(kind.options[name]!.length > 8, name)
  })

  test(`${id} scores any reply between 0 and 1, says why in a sentence, and repeats nothing of it`, () => {
    const evaluator = create()
    fc.assert(
      fc.property(replies, (reply) => {
        const { score, passed, reason } = evaluator.score(reply)
        assert.ok(score >= 0 && score <= 1)
        assert.equal(typeof passed, 'boolean')
        assert.match(reason, /^[A-Z][^\n]{5,200}\.$/)
        assert.ok(!reason.includes(SECRET), reason)
        assert.deepEqual(evaluator.score(reply), { score, passed, reason })
      }),
    )
  })

  test(`${id} passes some replies and fails others`, () => {
    const samples = ['', 'aaa', 'b', '{}', '{"answer":5}'].map((text) => create().score(replyOf(text)).passed)
    assert.deepEqual(new Set(samples), new Set([true, false]))
  })

  if (Object.keys(kind.options).length > 0)
    test(`${id} says what is wrong with options that make no sense`, () => {
      for (const value of [{ type: 'no such type' }, 17, [], '(', null]) {
        const options = Object.fromEntries(Object.keys(kind.options).map((name) => [name, value]))
        assert.throws(() => kind.create(options), { name: 'TypeError', message: /.{10}/ })
      }
      assert.throws(() => kind.create({}), TypeError)
    })
}
