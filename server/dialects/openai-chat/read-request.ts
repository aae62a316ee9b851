import type { ChatRequest, OutputFormat, Reasoning, RequestHead, Sampling } from '../../core/request.ts'
import { asNumber, asObject, asText, isObject, type Json, objectOf, present, refuse } from '../members.ts'
import { readMessages } from './read-message.ts'
import { readToolChoice, readTools } from './read-tools.ts'

/** Members with a place in the canonical model; the others go to `extra`. */
const KNOWN = new Set(
  `model messages tools functions tool_choice function_call parallel_tool_calls temperature top_p top_k max_tokens
  max_completion_tokens stop seed frequency_penalty presence_penalty n logprobs top_logprobs response_format
  reasoning_effort stream stream_options user`.split(/\s+/),
)
const EFFORTS: readonly unknown[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']

/** An OpenAI chat request in the canonical model. Throws `invalid_request` naming the member. */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const extra = present(Object.fromEntries(Object.entries(json).filter(([name]) => !KNOWN.has(name))))
  const { choice, extra: otherChoice } = readToolChoice(json)
  if (otherChoice !== undefined) extra.tool_choice = otherChoice
  const reasoning = readReasoning(json, extra)
  return {
    dialect: 'openai-chat',
    model: head.model,
    messages: readMessages(json.messages),
    tools: readTools(json),
    ...(choice ? { toolChoice: choice } : {}),
    ...(typeof json.parallel_tool_calls === 'boolean' ? { parallelToolCalls: json.parallel_tool_calls } : {}),
    sampling: readSampling(json),
    output: readOutput(json.response_format),
    ...(reasoning ? { reasoning } : {}),
    stream: head.stream,
    streamUsage: head.streamUsage,
    ...(typeof json.user === 'string' ? { user: json.user } : {}),
    extra,
  }
}

export function readSampling(json: Readonly<Json>): Sampling {
  const sampling: Sampling = {}
  const take = (name: keyof Sampling, value: unknown, param: string) => {
    const number = asNumber(value, param)
    if (number !== undefined) Object.assign(sampling, { [name]: number })
  }
  take('temperature', json.temperature, 'temperature')
  take('topP', json.top_p, 'top_p')
  take('topK', json.top_k, 'top_k')
  take('maxTokens', json.max_completion_tokens ?? json.max_tokens, 'max_tokens')
  take('seed', json.seed, 'seed')
  take('frequencyPenalty', json.frequency_penalty, 'frequency_penalty')
  take('presencePenalty', json.presence_penalty, 'presence_penalty')
  take('choices', json.n, 'n')
  if (json.logprobs === true) sampling.logprobs = asNumber(json.top_logprobs, 'top_logprobs') ?? 0
  const stop = readStop(json.stop)
  if (stop) sampling.stop = stop
  return sampling
}

function readStop(stop: unknown): string[] | undefined {
  if (stop === undefined || stop === null) return undefined
  if (typeof stop === 'string') return [stop]
  if (Array.isArray(stop) && stop.every((text) => typeof text === 'string')) return stop
  throw refuse('stop', 'a string or a list of strings', stop)
}

/**
 * `reasoning_effort`, or OpenRouter's `reasoning` (https://openrouter.ai/docs/use-cases/reasoning-tokens), which is
 * taken out of `extra` when the model has a place for all of it. Efforts that it has no word for stay there.
 */
function readReasoning(json: Readonly<Json>, extra: Json): Reasoning | undefined {
  const { effort, max_tokens, exclude, enabled, ...rest } = objectOf(extra.reasoning)
  const reasoning: Reasoning = {}
  const byDefault = enabled === false ? 'none' : enabled === true && max_tokens === undefined ? 'medium' : undefined
  const word = json.reasoning_effort ?? effort ?? byDefault
  if (EFFORTS.includes(word)) reasoning.effort = word as NonNullable<Reasoning['effort']>
  else if (typeof json.reasoning_effort === 'string') extra.reasoning_effort = json.reasoning_effort
  if (typeof max_tokens === 'number') reasoning.budget = max_tokens
  if (typeof exclude === 'boolean') reasoning.show = !exclude
  const whole = effort === undefined || effort === null || reasoning.effort === effort
  if (isObject(extra.reasoning) && whole && Object.keys(rest).length === 0) delete extra.reasoning
  return Object.keys(reasoning).length === 0 ? undefined : reasoning
}

function readOutput(value: unknown): OutputFormat {
  const format = asObject(value, 'response_format')
  if (format?.type === 'json_object') return { type: 'json' }
  if (format?.type !== 'json_schema') return { type: 'text' }
  const declared = asObject(format.json_schema, 'response_format.json_schema')
  if (!declared) throw refuse('response_format.json_schema', 'an object', format.json_schema)
  const name = asText(declared.name, 'response_format.json_schema.name')
  const description = asText(declared.description, 'response_format.json_schema.description')
  return {
    type: 'json-schema',
    schema: declared.schema ?? {},
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(typeof declared.strict === 'boolean' ? { strict: declared.strict } : {}),
  }
}
