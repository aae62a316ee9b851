import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest, OutputFormat, Part } from '../../core/request.ts'
import { Lost, loseCacheMarks, loseSampling, ownExtra } from '../lost.ts'
import type { Json } from '../members.ts'
import { effortOf } from '../openai-chat/effort.ts'
import { partOf } from './own-state.ts'
import { TOOL_MEMBERS } from './read-tools.ts'
import type { Writing } from './write-content.ts'
import { writeInput } from './write-items.ts'
import { writeToolChoice, writeTools } from './write-tools.ts'

/** The API refuses a smaller limit: "Expected a value >= 16" (github.com/vectorize-io/hindsight/issues/58). */
const LEAST_TOKENS = 16
/**
 * Models that think, which alone take `reasoning.encrypted_content`: others refuse it with "Encrypted content is not
 * supported with this model" (github.com/microsoft/agent-framework/issues/7483).
 */
const THINKS = /^(?:.*\/)?(?:o\d|codex|gpt-oss|gpt-(?:[5-9]|\d\d)(?!.*chat))/

/** A canonical request as a Responses request that leaves nothing at the provider. */
export function writeRequest(request: ChatRequest, model: string, _quirks: Quirks): Written {
  const lost = new Lost()
  const { sampling, tools } = request
  const own = request.dialect === 'openai-responses'
  const writing: Writing = { lost, own }
  const extra = ownExtra(request, 'openai-responses', lost, request.dialect === 'openai-chat' ? ['verbosity'] : [])
  loseCacheMarks(withoutBreakpoints(request), lost)
  loseOthers(request, lost)
  const { instructions, input } = writeInput(request.messages, writing)
  const body: Json = {
    model,
    instructions,
    input,
    tools: tools.length === 0 ? undefined : writeTools(tools, extra, writing),
    tool_choice: own || tools.length > 0 ? writeToolChoice(request) : undefined,
    parallel_tool_calls: request.parallelToolCalls,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_output_tokens: writeLimit(sampling.maxTokens, own, lost),
    top_logprobs: sampling.logprobs || undefined,
    text: writeText(request.output, extra.verbosity),
    reasoning: writeReasoning(request, extra, lost),
    user: request.user,
    stream: request.stream || undefined,
    store: own ? undefined : false,
    ...withoutOurNames(extra),
    include: writeInclude(request, model, extra.include),
  }
  return {
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
    lost: lost.list(),
  }
}

/** Names in `extra` that stand for members further down. */
function withoutOurNames(extra: Json): Json {
  const ours: readonly string[] = ['verbosity', 'include', ...TOOL_MEMBERS]
  return Object.fromEntries(
    Object.entries(extra).filter(([name]) => !ours.includes(name) && !name.startsWith('reasoning.')),
  )
}

/** OpenAI's own breakpoints go back as they came. */
function withoutBreakpoints(request: ChatRequest): ChatRequest {
  const isKept = (part: Part) => part.type === 'text' && Object.keys(partOf(part.state)).length > 0
  const messages = request.messages.map((message) => ({
    ...message,
    parts: message.parts
      .filter((part) => !isKept(part))
      .map((part) =>
        part.type === 'tool-result' ? { ...part, parts: part.parts.filter((inner) => !isKept(inner)) } : part,
      ),
  }))
  return { ...request, messages }
}

function loseOthers({ sampling }: ChatRequest, lost: Lost): void {
  const { topK, stop } = sampling
  loseSampling(sampling, lost)
  lost.addSet({ top_k: topK, stop: stop && stop.length > 0 ? stop : undefined })
}

function writeLimit(tokens: number | undefined, own: boolean, lost: Lost): number | undefined {
  if (tokens === undefined || own || tokens >= LEAST_TOKENS) return tokens
  lost.add('max_tokens')
  return LEAST_TOKENS
}

function writeText(output: OutputFormat, verbosity: unknown): Json | undefined {
  const format = writeFormat(output)
  if (format === undefined && verbosity === undefined) return undefined
  return { ...(format === undefined ? {} : { format }), ...(verbosity === undefined ? {} : { verbosity }) }
}

function writeFormat(output: OutputFormat): Json | undefined {
  if (output.type === 'text') return undefined
  if (output.type === 'json') return { type: 'json_object' }
  const { name = 'reply', description, schema, strict } = output
  return {
    type: 'json_schema',
    name,
    ...(description === undefined ? {} : { description }),
    schema,
    ...(strict === undefined ? {} : { strict }),
  }
}

/** Tokens to think with have no place; the nearest effort stands for them. */
function writeReasoning({ reasoning = {} }: ChatRequest, extra: Json, lost: Lost): Json | undefined {
  const { effort, budget, show } = reasoning
  if (budget !== undefined) lost.add('reasoning_budget')
  const word = effort === 'adaptive' ? undefined : (effort ?? effortOf(budget))
  const further = Object.entries(extra)
    .filter(([name]) => name.startsWith('reasoning.'))
    .map(([name, value]) => [name.slice('reasoning.'.length), value])
  const summary = show === true ? 'auto' : show
  const written = {
    ...(word === undefined ? {} : { effort: word }),
    ...(typeof summary === 'string' ? { summary } : {}),
    ...Object.fromEntries(further),
  }
  return Object.keys(written).length === 0 ? undefined : written
}

/** Asks for the sealed thoughts, without which the next turn could not go on from them. */
function writeInclude({ reasoning, sampling }: ChatRequest, model: string, others: unknown): unknown {
  const include = Array.isArray(others) ? [...others] : []
  const thinks = THINKS.test(model) || (reasoning !== undefined && reasoning.effort !== 'none')
  if (thinks) include.push('reasoning.encrypted_content')
  if (sampling.logprobs !== undefined) include.push('message.output_text.logprobs')
  return include.length === 0 ? undefined : include
}
