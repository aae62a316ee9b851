import fc from 'fast-check'
import type { ChatDialectId } from '../../server/core/dialect-id.ts'
import type { ChatRequest, Message, OpaqueState, Part, ToolCallPart, ToolChoice } from '../../server/core/request.ts'

/** Words of any script, with emoji, quotes and escapes; never blank, as blank texts may be left out. */
export const words = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `w${text}w`)
const name = fc.stringMatching(/^[a-z][a-z_]{0,9}$/)
const url = fc.webUrl({ size: 'small' })
const argumentsText = fc.dictionary(name, fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null)), {
  maxKeys: 3,
})
const PNG = Buffer.from('\x89PNG\r\n\x1a\n then some', 'latin1').toString('base64')

/** Opaque state as the dialect's own readers make it, by the part that carries it; none where it has none. */
const STATES: Partial<Record<ChatDialectId, (text: string, sealed: string) => OpaqueState>> = {
  'anthropic-messages': (_, sealed) => ({ issuer: 'anthropic-messages', value: { signature: sealed } }),
  'openai-responses': (text, sealed) => ({
    issuer: 'openai-responses',
    value: { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text }], encrypted_content: sealed },
  }),
  gemini: (_, sealed) => ({ issuer: 'gemini', value: sealed }),
  'openai-chat': (text, sealed) => ({
    issuer: 'openai-chat',
    value: { reasoning_details: [{ type: 'reasoning.text', text, signature: sealed }] },
  }),
}

/** What a provider seals: text that looks like base64 and is nobody's stand-in. */
export const sealed = fc.stringMatching(/^[A-Za-z0-9]{8,20}$/)

/** Thoughts with the state of their own issuer, where the dialect has such state. */
export function reasoningOf(dialect: ChatDialectId): fc.Arbitrary<{ text: string; state?: OpaqueState }> {
  const state = STATES[dialect]
  return fc.tuple(words, sealed).map(([text, seal]) => ({ text, ...(state ? { state: state(text, seal) } : {}) }))
}

const call = fc
  .tuple(name, argumentsText)
  .map(([tool, json]): ToolCallPart => ({ type: 'tool-call', id: '', name: tool, arguments: JSON.stringify(json) }))

const user: fc.Arbitrary<Part[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: words.map((text): Part => ({ type: 'text', text })) },
    { weight: 1, arbitrary: fc.constant<Part>({ type: 'media', media: 'image', data: PNG, mime: 'image/png' }) },
    { weight: 1, arbitrary: url.map((address): Part => ({ type: 'media', media: 'image', url: address })) },
  ),
  { minLength: 1, maxLength: 3 },
)

/** A turn of the assistant's, and the results of its calls. */
function assistant(dialect: ChatDialectId): fc.Arbitrary<Message[]> {
  const thoughts = fc.option(reasoningOf(dialect), { nil: undefined })
  const said = fc.option(words, { nil: undefined })
  return fc
    .tuple(thoughts, said, fc.array(fc.tuple(call, words), { maxLength: 3 }))
    .filter(([, text, calls]) => text !== undefined || calls.length > 0)
    .map(([thought, text, calls]) => [
      {
        role: 'assistant',
        parts: [
          ...(thought ? [{ type: 'reasoning' as const, ...thought }] : []),
          ...(text === undefined ? [] : [{ type: 'text' as const, text }]),
          ...calls.map(([part]) => part),
        ],
      },
      ...calls.map(
        ([part, result]): Message => ({
          role: 'tool',
          parts: [{ type: 'tool-result', id: '', name: part.name, parts: [{ type: 'text', text: result }] }],
        }),
      ),
    ])
}

/** A conversation that every provider would take: it begins and ends with the user, and every call has its result. */
function conversation(dialect: ChatDialectId): fc.Arbitrary<Message[]> {
  // Ollama's pictures stand beside the text.
  const order = (parts: Part[]) =>
    dialect === 'ollama' ? parts.sort((left, right) => rank(left) - rank(right)) : parts
  const asks = user.map((parts): Message => ({ role: 'user', parts: order(parts) }))
  const system = fc.option(words, { nil: undefined })
  return fc
    .tuple(system, fc.array(fc.tuple(asks, assistant(dialect)), { maxLength: 3 }), asks)
    .map(([instructions, turns, last]) => [
      ...(instructions === undefined
        ? []
        : [{ role: 'system' as const, parts: [{ type: 'text' as const, text: instructions }] }]),
      ...turns.flatMap(([ask, answer]) => [ask, ...answer]),
      last,
    ])
    .map(numbered)
}

function rank(part: Part): number {
  return part.type === 'text' ? 0 : 1
}

/** Ids of calls and of their results, in order. */
function numbered(messages: readonly Message[]): Message[] {
  let calls = 0
  let results = 0
  return messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => {
      if (part.type === 'tool-call') calls += 1
      if (part.type === 'tool-result') results += 1
      if (part.type !== 'tool-call' && part.type !== 'tool-result') return part
      return { ...part, id: `call_${part.type === 'tool-call' ? calls : results}` }
    }),
  }))
}

const share = fc.integer({ min: 0, max: 100 }).map((value) => value / 100)
/** 0 is what stands for none. */
const penalty = share.map((value) => value + 0.5)
const sampling = fc.record(
  {
    temperature: share,
    topP: share,
    topK: fc.integer({ min: 1, max: 100 }),
    maxTokens: fc.integer({ min: 16, max: 5000 }),
    stop: fc.array(words, { minLength: 1, maxLength: 3 }),
    seed: fc.nat(1000),
    frequencyPenalty: penalty,
    presencePenalty: penalty,
    // One is what stands for none.
    choices: fc.integer({ min: 2, max: 3 }),
    logprobs: fc.nat(5),
  },
  { requiredKeys: [] },
)
const schema = fc
  .dictionary(name, fc.constantFrom({ type: 'string' }, { type: 'integer' }), { maxKeys: 3 })
  .map((properties) => ({ type: 'object', properties, additionalProperties: false, required: Object.keys(properties) }))

/** A valid request in no dialect but marked as come in this one. */
export function requests(dialect: ChatDialectId): fc.Arbitrary<ChatRequest> {
  return fc
    .record({
      messages: conversation(dialect),
      more: fc.uniqueArray(fc.tuple(name, words, schema), { maxLength: 2, selector: ([tool]) => tool }),
      toolChoice: fc.constantFrom('auto', 'none', 'required', 'tool', undefined),
      parallelToolCalls: fc.constantFrom(true, false, undefined),
      sampling,
      output: fc.oneof(
        fc.constant({ type: 'text' as const }),
        fc.constant({ type: 'json' as const }),
        fc.tuple(name, schema).map(([title, json]) => ({ type: 'json-schema' as const, name: title, schema: json })),
      ),
      effort: fc.constantFrom('low', 'medium', 'high', undefined),
      stream: fc.boolean(),
      user: fc.option(name, { nil: undefined }),
    })
    .map(({ messages, more, toolChoice, effort, parallelToolCalls, user: end, ...rest }) => {
      const called = new Map(
        messages
          .flatMap(({ parts }) => parts)
          .flatMap((part): [string, string, object][] =>
            part.type === 'tool-call' ? [[part.name, 'called', { type: 'object', properties: {} }]] : [],
          )
          .concat(more)
          .map((tool) => [tool[0], tool]),
      )
      const tools = [...called.values()].map(([tool, description, parameters]) => ({
        type: 'function' as const,
        name: tool,
        description,
        parameters,
      }))
      const [first] = tools
      return {
        dialect,
        model: 'other',
        messages,
        ...rest,
        tools,
        streamUsage: rest.stream,
        ...(first && toolChoice ? { toolChoice: chosen(toolChoice, first.name) } : {}),
        ...(first && parallelToolCalls !== undefined ? { parallelToolCalls } : {}),
        ...(effort ? { reasoning: { effort } } : {}),
        ...(end ? { user: end } : {}),
        extra: {},
      }
    })
}

function chosen(mode: 'auto' | 'none' | 'required' | 'tool', tool: string): ToolChoice {
  return mode === 'tool' ? { mode, name: tool } : { mode }
}
