import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { finishItem, type ItemDraft } from '../../../server/experiments/datasets/item.ts'
import { problemOf, readRow, writeRow } from '../../../server/experiments/datasets/row.ts'
import { drafts, requests } from './arbitraries.ts'

const item = (row: Record<string, unknown>) => finishItem(readRow(row), 0.2)
const read = (row: Record<string, unknown>) => readRow(row)
const problem = (row: Record<string, unknown>) => {
  try {
    readRow(row)
  } catch (error) {
    return problemOf(error)
  }
  return 'none'
}
const question = (text: string) => [{ role: 'user', parts: [{ type: 'text', text }] }]

describe('an item written as a row', () => {
  it('is the same item when it is read, whatever it holds', () => {
    let plain = 0
    let odd = 0
    fc.assert(
      fc.property(drafts, (draft) => {
        const made = finishItem(draft, 0.2)
        const row = JSON.parse(JSON.stringify(writeRow(made))) as Record<string, unknown>
        if ('messages' in row) plain += 1
        else odd += 1
        assert.deepEqual(finishItem(readRow(row), 0.2), JSON.parse(JSON.stringify(made)))
      }),
      { numRuns: 400 },
    )
    assert.ok(plain > 40 && odd > 40, `${plain} in OpenAI’s form, ${odd} in no dialect`)
  })

  it('is an OpenAI request where that says all of it', () => {
    const row = writeRow(
      item({
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Weather in Oslo?' },
        ],
        tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
        temperature: 0.2,
        expected_tool_calls: [{ name: 'weather', arguments: { city: 'Oslo' } }],
        tier: 'gold',
        split: 'test',
      }),
    )
    assert.deepEqual(row, {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather in Oslo?' },
      ],
      tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
      temperature: 0.2,
      expected_tool_calls: [{ name: 'weather', arguments: '{"city":"Oslo"}' }],
      split: 'test',
      facts: { 'metadata.tier': 'gold', prompt: row.facts && (row.facts as Record<string, string>).prompt },
    })
    assert.match((row.facts as Record<string, string>).prompt!, /^[0-9a-f]{8}$/)
  })
})

describe('a row is read', () => {
  it('as a question, with a system prompt, a context and a reference', () => {
    const made = read({ question: 'When?', system: 'Be brief.', context: 'Shops open at 9.', answer: 'At 9.' })
    assert.deepEqual(
      made.request.messages.map(({ role, parts }) => [role, parts]),
      [
        ['system', [{ type: 'text', text: 'Be brief.\n\nShops open at 9.' }]],
        ['user', [{ type: 'text', text: 'When?' }]],
      ],
    )
    assert.deepEqual(made.reference, { text: 'At 9.', context: 'Shops open at 9.' })
  })

  it('by any of the usual names', () => {
    for (const name of ['question', 'input', 'prompt'])
      assert.deepEqual(read({ [name]: 'Hi' }).request.messages, question('Hi'))
    assert.equal(read({ question: 'Hi', answer: ' ', context: ' ' }).reference, null)
    for (const name of ['reference', 'expected', 'answer'])
      assert.deepEqual(read({ question: 'Hi', [name]: 7 }).reference, { text: '7' })
    const messages = [{ role: 'user', content: 'Hi' }]
    for (const name of ['messages', 'input', 'prompt'])
      assert.deepEqual(read({ [name]: messages }).request.messages, question('Hi'))
  })

  it('from texts alone, as CSV has them', () => {
    const made = read({
      messages: '[{"role":"user","content":"Hi"}]',
      temperature: '0.5',
      tools: '[{"type":"function","function":{"name":"find"}}]',
      response_format: '{"type":"json_object"}',
      expected_tool_calls: '[{"function":{"name":"find","arguments":"{}"}}]',
      metadata: '{"tier":"gold"}',
      expected: '',
      split: 'train',
    })
    assert.deepEqual([made.request.sampling, made.request.output], [{ temperature: 0.5 }, { type: 'json' }])
    assert.deepEqual(made.reference, { toolCalls: [{ name: 'find', arguments: '{}' }] })
    assert.deepEqual([made.split, made.facts], ['train', { 'metadata.tier': 'gold' }])
  })

  it('with its other columns as facts, long ones cut', () => {
    const made = item({
      question: 'Hi',
      tenant: 'acme',
      tier: 3,
      paid: true,
      empty: '',
      gone: null,
      notes: 'x'.repeat(300),
    })
    assert.deepEqual(made.facts, {
      tenant: 'acme',
      'metadata.tier': '3',
      'metadata.paid': 'true',
      'metadata.notes': 'x'.repeat(256),
    })
  })

  it('but refused with what to do about it', () => {
    assert.match(problem({ text: 'Hi' }), /no `messages` and no `question`/)
    assert.match(problem({ question: 'Hi', input: 'Ho' }), /`question` and `input` mean the same/)
    assert.match(problem({ question: 'Hi', answer: 'a', expected: 'b' }), /`expected` and `answer` mean the same/)
    assert.match(problem({ messages: [{ role: 'boss', content: 'Hi' }] }), /^`messages\.0\.role` must be/)
    assert.match(problem({ messages: [] }), /messages/)
    assert.match(problem({ question: 'Hi', split: 'dev' }), /train or test, not "dev"/)
    assert.match(problem({ question: 'Hi', tags: ['a'] }), /`tags` is a list or an object/)
    assert.match(problem({ question: 'Hi', expected_tool_calls: 'find' }), /must be a list such as/)
    assert.match(problem({ question: 'Hi', expected_tool_calls: [{}] }), /a call has no name/)
    assert.match(problem({ question: 'Hi', request_id: 'abc' }), /rename the column/)
    assert.match(problem({ question: 'Hi', temperature: 'hot' }), /temperature/)
    assert.match(problem({ request: { dialect: 'openai-chat' } }), /^`request/)
    assert.match(problem({ question: 'Hi', recorded: { text: 3 } }), /recorded/)
    assert.match(
      problem(Object.fromEntries([['question', 'Hi'], ...Array.from({ length: 65 }, (_, n) => [`c${n}`, n])])),
      /65 other columns/,
    )
  })
})

describe('an item', () => {
  const draft = (request: ItemDraft['request'], more: Partial<ItemDraft> = {}): ItemDraft => ({
    ...{ request, reference: null, reply: null, facts: {}, split: null, requestId: null, ...more },
  })

  it('is told from others by what is asked, not by who asks which model how', () => {
    fc.assert(
      fc.property(requests, requests, (one, other) => {
        const { model, sampling, stream } = other
        const same = finishItem(draft({ ...one, model, sampling, stream }, { facts: { tenant: 'x' } }), 1)
        assert.equal(same.hash, finishItem(draft(one), 0).hash)
        const more = {
          ...one,
          messages: [...one.messages, { role: 'user' as const, parts: [{ type: 'text' as const, text: 'And?' }] }],
        }
        assert.notEqual(finishItem(draft(more), 0).hash, same.hash)
        assert.equal(same.request.user, undefined, 'nobody needs to know who it was')
      }),
      { numRuns: 100 },
    )
  })

  it('draws the same split again, stays in the test as that grows, and keeps a split of its own', () => {
    fc.assert(
      fc.property(
        requests,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (request, a, b) => {
          const [small, large] = a < b ? [a, b] : [b, a]
          const split = finishItem(draft(request), small).split
          assert.equal(finishItem(draft({ ...request, model: 'other' }), small).split, split)
          if (split === 'test') assert.equal(finishItem(draft(request), large).split, 'test')
          for (const own of ['train', 'test'] as const)
            assert.equal(finishItem(draft(request, { split: own }), a).split, own)
        },
      ),
      { numRuns: 100 },
    )
    const texts = Array.from({ length: 2000 }, (_, index) => item({ question: `Question ${index}` }))
    const share = texts.filter(({ split }) => split === 'test').length / texts.length
    assert.ok(Math.abs(share - 0.2) < 0.04, `${share} of them are for the test`)
  })

  it('carries the version of its prompt: the app’s own word, else one by the system prompt', () => {
    const promptOf = (row: Record<string, unknown>) => item(row).facts.prompt
    const messages = (system: string, user: string) => [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ]
    const brief = promptOf({ messages: messages('Be brief.', 'Hi') })
    assert.equal(promptOf({ messages: messages('Be brief.', 'Ho') }), brief)
    assert.equal(promptOf({ question: 'Hi', system: 'Be brief.', context: 'Any.' }), brief)
    assert.notEqual(promptOf({ messages: messages('Be long.', 'Hi') }), brief)
    assert.equal(promptOf({ messages: messages('Be brief.', 'Hi'), prompt_version: 'v7' }), 'v7')
    assert.equal(promptOf({ question: 'Hi' }), undefined)
    assert.equal(promptOf({ question: 'Hi', context: 'Any.' }), '-')
  })
})
