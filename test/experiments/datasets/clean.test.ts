import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { DraftCleaner } from '../../../server/experiments/datasets/clean-draft.ts'
import { finishItem } from '../../../server/experiments/datasets/item.ts'
import { readRow, writeRow } from '../../../server/experiments/datasets/row.ts'
import { contentCleaner } from '../../../server/pipeline/afterwards/clean-content.ts'

const SECRET = 'house-secret-9f2k'
const PLANTED = ['eve.planted@example.com', '4111 1111 1111 1111', 'DE89 3704 0044 0532 0130 00', SECRET]
const clean = contentCleaner((text) => text.replaceAll(SECRET, '[redacted]'))

const word = fc.constantFrom('Hello', 'my order is', 'late', 'ünd', '"quoted"', 'line\nbreak', '{"a": 1}')
/** A text with what must not be kept somewhere in it. */
const text = fc
  .tuple(fc.array(word, { maxLength: 3 }), fc.constantFrom(...PLANTED), fc.array(word, { maxLength: 3 }))
  .map(([before, planted, after]) => [...before, planted, ...after].join(' '))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const call = fc.record({
  name: fc.constant('find'),
  arguments: fc.record({ query: text, nested: fc.record({ list: fc.tuple(text) }) }),
})

/** Rows of a file that have it everywhere it may stand. */
const rows = fc.oneof(
  fc.record({
    question: text,
    system: maybe(text),
    context: maybe(text),
    reference: maybe(text),
    expected_tool_calls: maybe(fc.array(call, { maxLength: 2 })),
    recorded: maybe(text),
    tier: maybe(text),
    facts: fc.record({ tenant: text, 'label.tone': text }),
  }),
  fc.record({
    messages: fc.tuple(
      fc.record({ role: fc.constant('user'), content: text, name: fc.constant('bob') }),
      fc.record({
        role: fc.constant('assistant'),
        content: text,
        tool_calls: fc.tuple(
          call.map((made) => ({
            id: 'c1',
            type: 'function',
            function: { name: made.name, arguments: JSON.stringify(made.arguments) },
          })),
        ),
      }),
      fc.record({ role: fc.constant('tool'), tool_call_id: fc.constant('c1'), content: text }),
    ),
    tools: fc.tuple(
      fc.record({
        type: fc.constant('function'),
        function: fc.record({ name: fc.constant('find'), description: text }),
      }),
    ),
    parameters: fc.record({ metadata: fc.record({ note: text }) }),
    recorded: fc.record({ text, tool_calls: fc.array(call, { maxLength: 1 }) }),
  }),
)

it('nothing personal and no secret of a row is in its item, and cleaning it again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (row) => {
      const cleaner = new DraftCleaner(clean)
      const cleaned = await cleaner.clean(readRow(row))
      const item = finishItem(cleaned!, 0.2)
      const line = JSON.stringify(writeRow(item))
      for (const planted of PLANTED) assert.ok(!line.includes(planted), `${planted} in ${line}`)
      const again = await cleaner.clean(readRow(JSON.parse(line)))
      assert.deepEqual(finishItem(again!, 0.2), JSON.parse(JSON.stringify(item)))
    }),
    { numRuns: 60 },
  )
})

it('what is too large to be kept is no item', async () => {
  const cleaner = new DraftCleaner(clean)
  const long = 'x'.repeat(70_000)
  for (const row of [{ question: long }, { question: 'Hi', answer: long }, { question: 'Hi', context: long }])
    assert.equal(await cleaner.clean(readRow(row)), null)
  assert.notEqual(await cleaner.clean(readRow({ question: 'x'.repeat(60_000) })), null)
})
