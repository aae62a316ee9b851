import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest, OutputFormat, Reasoning } from '../../core/request.ts'
import { Lost, loseCacheMarks, ownExtra } from '../lost.ts'
import type { Json } from '../members.ts'
import { effortOf } from './effort.ts'
import { writeMessages } from './write-message.ts'
import type { Writing } from './write-part.ts'
import { writeToolChoice, writeTools } from './write-tools.ts'

/** Members that mean the same in a sister format, and are kept under the same name in its `extra`. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'openai-responses': ['verbosity'],
  'openai-completions': ['logit_bias'],
}

/** What providers do without being asked: leaving it out loses nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  n: 1,
  parallel_tool_calls: true,
  store: false,
  tool_choice: 'auto',
}

/** A canonical request as an OpenAI chat request for a vendor with these departures. */
export function writeRequest(request: ChatRequest, model: string, quirks: Quirks): Written {
  const lost = new Lost()
  const { sampling, stream } = request
  const own = request.dialect === 'openai-chat'
  const writing: Writing = { lost, own, cacheControl: quirks.cacheControl === true }
  const extra = ownExtra(request, 'openai-chat', lost, KEPT[request.dialect])
  if (!quirks.cacheControl) loseCacheMarks(withoutBreakpoints(request), lost)
  const tools = writeTools(request.tools, writing)
  const body: Json = {
    model,
    messages: writeMessages(request.messages, { ...writing, reasoning: quirks.reasoning }),
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: tools.length === 0 ? undefined : writeToolChoice(request, own),
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelToolCalls,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    [quirks.maxTokens ?? 'max_completion_tokens']: sampling.maxTokens,
    stop: sampling.stop,
    seed: sampling.seed,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    n: sampling.choices,
    logprobs: sampling.logprobs === undefined ? undefined : true,
    top_logprobs: sampling.logprobs || undefined,
    response_format: writeOutput(request.output, quirks, lost),
    ...writeReasoning(request.reasoning, own, lost),
    user: request.user,
    stream: stream || undefined,
    stream_options: stream && request.streamUsage && !quirks.refusesStreamOptions ? { include_usage: true } : undefined,
    ...extra,
  }
  return { body: forVendor(body, quirks, lost), lost: lost.list() }
}

/** OpenAI's own breakpoints go back as they came. */
function withoutBreakpoints(request: ChatRequest): ChatRequest {
  const messages = request.messages.map((message) => ({
    ...message,
    parts: message.parts.filter((part) => part.type !== 'text' || part.state?.issuer !== 'openai-chat'),
  }))
  return { ...request, messages }
}

/** Takes out what the vendor refuses, under its names for the rest. */
function forVendor(body: Json, quirks: Quirks, lost: Lost): Json {
  const written: Json = {}
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue
    if (!quirks.refuses?.includes(name)) written[quirks.renames?.[name] ?? name] = value
    else if (DEFAULTS[name] !== value) lost.add(name)
  }
  return written
}

function writeOutput(output: OutputFormat, quirks: Quirks, lost: Lost): unknown {
  if (output.type === 'text') return undefined
  if (output.type === 'json') return { type: 'json_object' }
  if (quirks.jsonObjectOnly) {
    lost.add('response_format')
    return { type: 'json_object' }
  }
  const { name = 'reply', description, schema, strict } = output
  const named = { name, ...(description === undefined ? {} : { description }), schema }
  return { type: 'json_schema', json_schema: { ...named, ...(strict === undefined ? {} : { strict }) } }
}

/** Tokens to think with are OpenRouter's to take, in the words of a client that knows it; else they are an effort. */
function writeReasoning(reasoning: Reasoning | undefined, own: boolean, lost: Lost): Json {
  if (!reasoning) return {}
  const { effort, budget, show } = reasoning
  if (own && (budget !== undefined || show !== undefined))
    return {
      reasoning: {
        ...(effort === undefined ? {} : { effort }),
        ...(budget === undefined ? {} : { max_tokens: budget }),
        ...(show === undefined ? {} : { exclude: show === false }),
      },
    }
  if (budget !== undefined) lost.add('reasoning_budget')
  const word = effort === 'adaptive' ? undefined : (effort ?? effortOf(budget))
  return word === undefined ? {} : { reasoning_effort: word }
}
