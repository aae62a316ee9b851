import fc from 'fast-check'
import type { ReplyView } from '../../../server/core/evaluation.ts'
import type { ChatRequest } from '../../../server/core/request.ts'
import type { ItemDraft } from '../../../server/experiments/datasets/item.ts'

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
/** As references have it: none is blank. */
const written = text.filter((one) => one.trim() !== '')
const name = fc.stringMatching(/^[a-z]{1,8}$/)
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__'))
const args = fc.dictionary(name, json, { maxKeys: 3 }).map((value) => JSON.stringify(value))
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const without = <T extends object>(value: T) => JSON.parse(JSON.stringify(value)) as T

const textPart = fc.record({ type: fc.constant('text' as const), text })
const image = fc.constant({ type: 'media' as const, media: 'image' as const, data: 'iVBORw0KGgo=', mime: 'image/png' })
const call = fc.record({ type: fc.constant('tool-call' as const), id: name, name, arguments: args })
const result = fc.record({ type: fc.constant('tool-result' as const), id: name, parts: fc.tuple(textPart) })
/** What OpenAI's form has no word for, or may say otherwise. */
const odd = fc.oneof(
  fc.record({
    type: fc.constant('reasoning' as const),
    text,
    state: fc.record({ issuer: fc.constant('anthropic-messages' as const), value: json }),
  }),
  fc.record({ type: fc.constant('opaque' as const), dialect: fc.constant('gemini' as const), value: json }),
  fc.record({ type: fc.constant('refusal' as const), text }),
  fc.record({ type: fc.constant('text' as const), text, cache: fc.constant({ ttl: '1h' as const }) }),
)

const plainMessage = fc.oneof(
  fc.record({ role: fc.constant('system' as const), parts: fc.array(textPart, { minLength: 1, maxLength: 2 }) }),
  fc.record({ role: fc.constant('user' as const), parts: fc.array(fc.oneof(textPart, image), { maxLength: 3 }) }),
  fc.record({ role: fc.constant('assistant' as const), parts: fc.array(fc.oneof(textPart, call), { maxLength: 3 }) }),
  fc.record({ role: fc.constant('tool' as const), parts: fc.tuple(result) }),
)
const oddMessage = fc.record({
  role: fc.constant('assistant' as const),
  parts: fc.array(fc.oneof(textPart, call, odd), { minLength: 1, maxLength: 4 }),
})

/** Requests as any client's dialect may leave them. */
export const requests: fc.Arbitrary<ChatRequest> = fc
  .record({
    dialect: fc.constantFrom<ChatRequest['dialect']>('openai-chat', 'anthropic-messages', 'gemini', 'ollama'),
    model: fc.constantFrom('', 'support', 'sandbox/echo'),
    messages: fc.array(fc.oneof({ weight: 4, arbitrary: plainMessage }, oddMessage), { minLength: 1, maxLength: 4 }),
    tools: fc.array(
      fc.record({ type: fc.constant('function' as const), name, parameters: fc.dictionary(name, json) }),
      {
        maxLength: 2,
      },
    ),
    toolChoice: optional(fc.constantFrom({ mode: 'auto' as const }, { mode: 'required' as const })),
    sampling: fc.record(
      {
        temperature: fc.constantFrom(0, 0.7),
        topP: fc.constantFrom(0.9, 1),
        topK: fc.nat(50),
        maxTokens: fc.nat(500),
        seed: fc.nat(),
        stop: fc.array(text, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    output: fc.oneof(
      fc.constantFrom({ type: 'text' as const }, { type: 'json' as const }),
      fc.record({ type: fc.constant('json-schema' as const), name, schema: fc.dictionary(name, json) }),
    ),
    stream: fc.boolean(),
    streamUsage: fc.boolean(),
    user: optional(text),
    extra: fc.dictionary(fc.constantFrom('verbosity', 'metadata', 'store'), json, { maxKeys: 1 }),
  })
  .map((request) => without(request) as ChatRequest)

const toolCalls = fc.array(fc.record({ name, arguments: args }), { maxLength: 2 })
const replies: fc.Arbitrary<ReplyView> = fc.record({
  text: fc.oneof(text, fc.constant('')),
  refusal: fc.constantFrom('', 'I cannot.'),
  toolCalls,
  finishReason: fc.constantFrom('stop', 'tool-calls', null),
})
const factName = fc.constantFrom(
  'tenant',
  'model',
  'team',
  'metadata.tier',
  'metadata.prompt_version',
  'label.tone',
  'prompt',
)

export const drafts: fc.Arbitrary<ItemDraft> = fc.record({
  request: requests,
  reference: fc.option(
    fc
      .record({ text: written, context: written, toolCalls }, { requiredKeys: [] })
      .filter((reference) => Object.keys(reference).length > 0),
  ),
  reply: fc.option(replies),
  facts: fc.dictionary(factName, text, { maxKeys: 4, noNullPrototype: true }),
  split: fc.constantFrom(null, 'train', 'test'),
  requestId: fc.constantFrom(null, 'req_01a208cb181d1e77d86f4161c237'),
})
