import type { ChatRequest, OutputFormat, Reasoning, RequestHead, Sampling } from '../../core/request.ts'
import { asList, asNumber, asObject, asText, isObject, type Json, objectOf, present } from '../members.ts'
import { readInput } from './read-items.ts'
import { readToolChoice, readTools } from './read-tools.ts'

/** Members with a place in the canonical model, and those that only say how this gateway behaves anyway. */
const KNOWN = new Set(
  `model input instructions tools tool_choice parallel_tool_calls temperature top_p max_output_tokens top_logprobs
  include text reasoning stream stream_options user background`.split(/\s+/),
)
/** Asked for in `include`, but said otherwise in the model. */
const ENCRYPTED = 'reasoning.encrypted_content'
const LOGPROBS = 'message.output_text.logprobs'
const EFFORTS: readonly unknown[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']

/** A Responses request in the canonical model. Throws `invalid_request` naming the member. */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const extra = present(Object.fromEntries(Object.entries(json).filter(([name]) => !KNOWN.has(name))))
  // The default.
  if (extra.truncation === 'disabled') delete extra.truncation
  const { messages, tools } = readInput(json.input)
  const instructions = asText(json.instructions, 'instructions')
  if (instructions) messages.unshift({ role: 'system', parts: [{ type: 'text', text: instructions }] })
  const { choice, extra: otherChoice } = readToolChoice(json.tool_choice)
  if (otherChoice !== undefined) extra.tool_choice = otherChoice
  const reasoning = readReasoning(objectOf(json.reasoning), extra)
  return {
    dialect: 'openai-responses',
    model: head.model,
    messages,
    tools: [...readTools(json.tools, 'tools', extra), ...readTools(tools, 'input.tools', extra)],
    ...(choice ? { toolChoice: choice } : {}),
    ...(typeof json.parallel_tool_calls === 'boolean' ? { parallelToolCalls: json.parallel_tool_calls } : {}),
    sampling: readSampling(json, extra),
    output: readText(json.text, extra),
    ...(reasoning ? { reasoning } : {}),
    stream: head.stream,
    streamUsage: head.streamUsage,
    ...(typeof json.user === 'string' ? { user: json.user } : {}),
    extra,
  }
}

function readSampling(json: Readonly<Json>, extra: Json): Sampling {
  const include = (asList(json.include, 'include') ?? []).filter((name) => name !== ENCRYPTED)
  const others = include.filter((name) => name !== LOGPROBS)
  if (others.length > 0) extra.include = others
  const logprobs = asNumber(json.top_logprobs, 'top_logprobs') || (include.includes(LOGPROBS) ? 0 : undefined)
  const temperature = asNumber(json.temperature, 'temperature')
  const topP = asNumber(json.top_p, 'top_p')
  const maxTokens = asNumber(json.max_output_tokens, 'max_output_tokens')
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(logprobs === undefined ? {} : { logprobs }),
  }
}

/** What the model has no word for is kept as `reasoning.NAME`. */
function readReasoning(json: Json, extra: Json): Reasoning | undefined {
  const { effort, summary, generate_summary, ...rest } = present(json)
  const reasoning: Reasoning = {}
  if (EFFORTS.includes(effort)) reasoning.effort = effort as NonNullable<Reasoning['effort']>
  else if (effort !== undefined) extra['reasoning.effort'] = effort
  const show = summary ?? generate_summary
  if (typeof show === 'string') reasoning.show = show
  for (const [name, value] of Object.entries(rest)) extra[`reasoning.${name}`] = value
  return Object.keys(reasoning).length === 0 ? undefined : reasoning
}

/** `verbosity` goes by the name that chat completions have for it. */
function readText(value: unknown, extra: Json): OutputFormat {
  const text = asObject(value, 'text') ?? {}
  if (typeof text.verbosity === 'string') extra.verbosity = text.verbosity
  const format = asObject(text.format, 'text.format')
  if (format?.type === 'json_object') return { type: 'json' }
  if (format?.type !== 'json_schema') return { type: 'text' }
  const name = asText(format.name, 'text.format.name')
  const description = asText(format.description, 'text.format.description')
  return {
    type: 'json-schema',
    schema: isObject(format.schema) ? format.schema : {},
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(typeof format.strict === 'boolean' ? { strict: format.strict } : {}),
  }
}
