import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Message, Reasoning, Sampling, ToolChoice } from '../../server/core/request.ts'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { claudeModel } from '../../server/dialects/claude-models.ts'
import { acceptedSchema } from '../../server/dialects/output-schema.ts'
import { plainName, safeId, safeName } from '../../server/dialects/safe-names.ts'
import { foreign, type Json, say, written } from './claude-support.ts'

test('models are known by family and version, wherever they are served', () => {
  const table: [string, Json | null][] = [
    ['claude-3-opus-20240229', { mostTokens: 4096, thinking: 'none', sampling: 'all', schema: false }],
    ['claude-3-5-haiku@20241022', { mostTokens: 8192, thinking: 'none' }],
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', { mostTokens: 64000, thinking: 'budget', schema: false }],
    ['claude-opus-4-20250514', { mostTokens: 32000, thinking: 'budget', sampling: 'all', schema: false }],
    ['claude-opus-4-1-20250805', { mostTokens: 32000, sampling: 'one', schema: true }],
    ['claude-sonnet-4-0', { mostTokens: 64000, thinking: 'budget', schema: false }],
    ['claude-haiku-4-5', { mostTokens: 64000, thinking: 'budget', efforts: [], schema: true }],
    ['claude-opus-4-5-20251101', { thinking: 'budget', efforts: ['low', 'medium', 'high'] }],
    ['eu.anthropic.claude-opus-4-6-v1', { thinking: 'either', efforts: ['low', 'medium', 'high', 'max'] }],
    ['anthropic/claude-sonnet-4.6', { thinking: 'either', sampling: 'one' }],
    ['claude-opus-4-7', { thinking: 'adaptive', sampling: 'none', systemAnywhere: false, thinksUnasked: false }],
    ['claude-opus-4-8', { thinking: 'adaptive', systemAnywhere: true, thinksUnasked: false, off: 'disabled' }],
    ['claude-sonnet-5', { thinksUnasked: true, off: 'disabled', forcedTools: true }],
    ['claude-sonnet-5-5', { off: 'between_tools', forcedTools: false }],
    ['claude-opus-5-5', { off: null, forcedTools: false }],
    ['claude-haiku-5-5', { off: 'disabled', forcedTools: true, thinking: 'adaptive' }],
    ['claude-fable-5', { off: null, forcedTools: true }],
    ['claude-fable-5-1', { off: null, forcedTools: false }],
    ['anthropic.claude-mythos-preview', { off: null, thinking: 'adaptive' }],
    ['claude-next', { off: null, forcedTools: false, thinking: 'adaptive', sampling: 'none' }],
    ['gpt-6', null],
  ]
  for (const [name, expected] of table) {
    const model = claudeModel(name)
    if (expected === null) assert.equal(model, null)
    else
      for (const [member, value] of Object.entries(expected))
        assert.deepEqual((model as unknown as Json)[member], value, `${name} ${member}`)
  }
})

const write = (model: string, members: Partial<ChatRequest>) => written(anthropicMessages, foreign(members), model)
const tools: ChatRequest['tools'] = [{ type: 'function', name: 'f', parameters: { type: 'object' } }]

test('thinking and efforts, by model', () => {
  const table: [string, Reasoning, Sampling, Json, string[]][] = [
    // Adaptive models take the effort.
    ['claude-opus-4-8', { effort: 'high' }, {}, { thinking: { type: 'adaptive' }, effort: 'high' }, []],
    ['claude-opus-4-8', { effort: 'minimal' }, {}, { thinking: { type: 'adaptive' }, effort: 'low' }, []],
    ['claude-opus-4-6', { effort: 'xhigh' }, {}, { thinking: { type: 'adaptive' }, effort: 'high' }, []],
    ['claude-opus-4-6', { effort: 'adaptive' }, {}, { thinking: { type: 'adaptive' } }, []],
    [
      'claude-opus-5',
      { effort: 'low', show: true },
      {},
      { thinking: { type: 'adaptive', display: 'summarized' }, effort: 'low' },
      [],
    ],
    ['claude-opus-5', { show: true }, {}, { thinking: { type: 'adaptive', display: 'summarized' } }, []],
    ['claude-opus-4-8', { show: true }, {}, {}, []],
    // A budget becomes an effort where there are no budgets any more.
    ['claude-opus-5', { budget: 9000 }, {}, { thinking: { type: 'adaptive' }, effort: 'high' }, ['thinking_budget']],
    ['claude-opus-4-6', { budget: 9000 }, {}, { thinking: budget(9000), max_tokens: 17192 }, []],
    ['claude-opus-4-6', { budget: -1 }, {}, { thinking: { type: 'adaptive' } }, []],
    // Older models take a budget, which fits below the limit.
    ['claude-sonnet-4-5', { effort: 'medium' }, {}, { thinking: budget(8192), max_tokens: 16384 }, []],
    ['claude-sonnet-4-5', { effort: 'max' }, {}, { thinking: budget(32000), max_tokens: 40192 }, []],
    ['claude-opus-4-1', { effort: 'max' }, {}, { thinking: budget(30976), max_tokens: 32000 }, []],
    ['claude-sonnet-4-5', { effort: 'high' }, { maxTokens: 4096 }, { thinking: budget(3072), max_tokens: 4096 }, []],
    ['claude-sonnet-4-5', { effort: 'low' }, { maxTokens: 2000 }, { max_tokens: 2000 }, ['reasoning']],
    ['claude-sonnet-4-5', { budget: 500 }, {}, { thinking: budget(1024), max_tokens: 9216 }, []],
    // No thinking.
    ['claude-3-5-sonnet-20241022', { effort: 'high' }, {}, { max_tokens: 8192 }, ['reasoning']],
    ['claude-3-5-sonnet-20241022', { effort: 'none' }, {}, { max_tokens: 8192 }, []],
    ['claude-sonnet-4-5', { effort: 'none' }, {}, {}, []],
    ['claude-opus-4-8', { budget: 0 }, {}, {}, []],
    ['claude-sonnet-5', { effort: 'none' }, {}, { thinking: { type: 'disabled' } }, []],
    ['claude-sonnet-5-5', { effort: 'none' }, {}, { thinking: { type: 'between_tools' } }, []],
    ['claude-opus-5-5', { effort: 'none' }, {}, { effort: 'low' }, ['reasoning']],
    // A server of which nothing is known.
    ['kimi-k2', { effort: 'low' }, {}, { thinking: budget(4096), max_tokens: 12288 }, []],
  ]
  for (const [model, reasoning, sampling, expected, lost] of table) {
    const { body, lost: named } = write(model, { reasoning, sampling })
    const { effort, max_tokens = 32000, ...rest } = expected
    const output_config = effort === undefined ? {} : { output_config: { effort } }
    const { messages: _, model: __, ...actual } = body
    assert.deepEqual(actual, { max_tokens, ...rest, ...output_config }, `${model} ${JSON.stringify(reasoning)}`)
    assert.deepEqual(named, lost)
  }
})

function budget(tokens: number): Json {
  return { type: 'enabled', budget_tokens: tokens }
}

test('sampling and the choice of tools, by model and thinking', () => {
  const high: Reasoning = { effort: 'high' }
  const any: ToolChoice = { mode: 'required' }
  const table: [string, Partial<ChatRequest>, Json, string[]][] = [
    [
      'claude-sonnet-4-0',
      { sampling: { temperature: 0.5, topP: 0.9, topK: 4 } },
      { temperature: 0.5, top_p: 0.9, top_k: 4 },
      [],
    ],
    ['claude-sonnet-4-5', { sampling: { temperature: 0.5, topP: 0.9 } }, { temperature: 0.5 }, ['top_p']],
    ['claude-sonnet-4-5', { sampling: { topP: 0.9 } }, { top_p: 0.9 }, []],
    ['claude-sonnet-4-5', { sampling: { temperature: 1.7 } }, { temperature: 1 }, ['temperature']],
    [
      'claude-sonnet-4-5',
      { sampling: { temperature: 0.5, topK: 4, topP: 0.5 }, reasoning: high },
      {},
      ['temperature', 'top_k', 'top_p'],
    ],
    ['claude-sonnet-4-5', { sampling: { temperature: 1 }, reasoning: high }, { temperature: 1 }, []],
    ['claude-opus-5', { sampling: { temperature: 1, topP: 1 } }, {}, []],
    ['claude-opus-5', { sampling: { temperature: 0, topP: 0.5, topK: 1 } }, {}, ['temperature', 'top_k', 'top_p']],
    ['kimi-k2', { sampling: { temperature: 1.7, topP: 0.5, topK: 1 } }, { temperature: 1.7, top_p: 0.5, top_k: 1 }, []],
    ['claude-sonnet-4-5', { tools, toolChoice: any }, { tool_choice: { type: 'any' } }, []],
    [
      'claude-sonnet-4-5',
      { tools, toolChoice: any, reasoning: high },
      { tool_choice: { type: 'auto' } },
      ['tool_choice'],
    ],
    ['claude-opus-5', { tools, toolChoice: any, reasoning: high }, { tool_choice: { type: 'any' } }, []],
    [
      'claude-opus-5-5',
      { tools, toolChoice: { mode: 'tool', name: 'f' } },
      { tool_choice: { type: 'auto' } },
      ['tool_choice'],
    ],
    ['claude-opus-5-5', { tools, toolChoice: { mode: 'none' } }, { tool_choice: { type: 'none' } }, []],
  ]
  for (const [model, members, expected, lost] of table) {
    const { body, lost: named } = write(model, members)
    const { temperature, top_p, top_k, tool_choice } = body
    const actual = JSON.parse(JSON.stringify({ temperature, top_p, top_k, tool_choice }))
    assert.deepEqual([actual, named], [expected, lost], `${model} ${JSON.stringify(members)}`)
  }
})

test('a model with a budget does not think about tools that were called without signed thoughts', () => {
  const called = (parts: Message['parts']): Message[] => [
    say('user', 'Hi'),
    { role: 'assistant', parts: [...parts, { type: 'tool-call', id: 'c', name: 'f', arguments: '{}' }] },
    { role: 'tool', parts: [{ type: 'tool-result', id: 'c', parts: [{ type: 'text', text: 'r' }] }] },
  ]
  const thought = (issuer: 'anthropic-messages' | 'gemini') =>
    ({ type: 'reasoning', text: 'hm', state: { issuer, value: { signature: 's' } } }) as const
  const reasoning: Reasoning = { effort: 'low' }
  const table: [string, Message[], string | undefined, string[]][] = [
    ['claude-sonnet-4-5', called([]), undefined, ['reasoning']],
    ['claude-sonnet-4-5', called([thought('gemini')]), undefined, ['reasoning']],
    ['claude-sonnet-4-5', called([thought('anthropic-messages')]), 'enabled', []],
    ['claude-sonnet-4-5', [...called([]), say('assistant', 'Done.'), say('user', 'More')], 'enabled', []],
    // Models that think at their own judgement do not mind.
    ['claude-opus-4-8', called([]), 'adaptive', []],
  ]
  for (const [model, messages, type, lost] of table) {
    const { body, lost: named } = write(model, { messages, tools, reasoning })
    assert.deepEqual([(body.thinking as Json | undefined)?.type, named], [type, lost])
  }
  const { body } = write('claude-sonnet-4-5', { messages: called([thought('gemini')]), tools })
  assert.deepEqual((body.messages as Json[])[1]!.content, [{ type: 'tool_use', id: 'c', name: 'f', input: {} }])
})

test('ids and names of other dialects become ones that are taken', () => {
  assert.equal(safeId('call_1-a'), 'call_1-a')
  assert.match(safeId('call:1.a'), /^call_1_a_[0-9a-f]{16}$/)
  assert.equal(safeId('call:1.a'), safeId('call:1.a'))
  assert.notEqual(safeId('call:1.a'), safeId('call.1:a'))
  assert.ok(safeId('x'.repeat(100)).length <= 64)
  assert.match(safeId(''), /^[a-zA-Z0-9_-]+$/)
  for (const name of ['f', 'files.read', 'a b', 'größe', 'emoji😀', '_x2e']) {
    assert.match(safeName(name), /^[a-zA-Z0-9_-]+$/)
    assert.equal(plainName(safeName(name)), name)
  }
  assert.equal(plainName('f_x61_b'), 'f_x61_b', 'a code that safeName never writes is left alone')
})

test('a schema without what cannot be enforced', () => {
  const table: [Json, Json, boolean][] = [
    [
      {
        type: 'object',
        properties: { a: { type: 'string', format: 'date' } },
        required: ['a'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: { a: { type: 'string', format: 'date' } },
        required: ['a'],
        additionalProperties: false,
      },
      true,
    ],
    [
      { type: 'object', properties: { minimum: { type: 'integer', minimum: 1 } } },
      { type: 'object', properties: { minimum: { type: 'integer' } }, additionalProperties: false },
      false,
    ],
    [
      { oneOf: [{ type: 'string', pattern: 'x' }, { $ref: '#/$defs/a' }] },
      { anyOf: [{ type: 'string' }, { $ref: '#/$defs/a' }] },
      false,
    ],
    [
      { type: 'array', items: { type: 'string', format: 'card' }, minItems: 1 },
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      false,
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object', additionalProperties: false },
      false,
    ],
    [{ $defs: { a: { type: 'null' } }, enum: [1] }, { $defs: { a: { type: 'null' } }, enum: [1] }, true],
  ]
  for (const [given, schema, exact] of table) assert.deepEqual(acceptedSchema(given), { schema, exact })
})
