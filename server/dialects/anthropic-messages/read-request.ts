import type {
  ChatRequest,
  Message,
  OutputFormat,
  Reasoning,
  RequestHead,
  Sampling,
  Tool,
  ToolChoice,
} from '../../core/request.ts'
import { EFFORTS } from '../claude-models.ts'
import { defined } from '../loose-json.ts'
import { isObject, type Json, objectOf, objectsOf, refuse } from '../members.ts'
import { plainName } from '../safe-names.ts'
import { toolMembers } from './own-members.ts'
import { cacheOf, readContent } from './read-content.ts'
import { ID } from './state.ts'

/** Members with a place in the canonical model; the others go to `extra`. */
const KNOWN = new Set(
  `model messages system max_tokens temperature top_p top_k stop_sequences stream tools tool_choice thinking
  output_config output_format metadata`.split(/\s+/),
)

/** A checked request in the canonical model. Throws `invalid_request` for what it finds wrong further down. */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const extra: Json = Object.fromEntries(
    Object.entries(json).filter(([name, value]) => !KNOWN.has(name) && value !== null),
  )
  const system = readContent(json.system, { path: 'system', extra })
  const choice = objectOf(json.tool_choice)
  return {
    dialect: ID,
    model: head.model,
    messages: [
      ...(system.length === 0 ? [] : [{ role: 'system' as const, parts: system }]),
      ...objectsOf(json.messages).flatMap((message, index) => readMessage(message, `messages.${index}`, extra)),
    ],
    tools: objectsOf(json.tools).map((tool, index) => readTool(tool, `tools.${index}`, extra)),
    ...readToolChoice(choice),
    ...(typeof choice.disable_parallel_tool_use === 'boolean'
      ? { parallelToolCalls: !choice.disable_parallel_tool_use }
      : {}),
    sampling: readSampling(json),
    output: readOutput(json, extra),
    ...readReasoning(json, extra),
    stream: head.stream,
    streamUsage: true,
    ...(head.user === null ? {} : { user: head.user }),
    extra: readMetadata(json.metadata, extra),
  }
}

/** Results of tools become messages of their own role, so that every dialect finds them there. */
function readMessage(json: Json, path: string, extra: Json): Message[] {
  const parts = readContent(json.content, { path: `${path}.content`, extra })
  if (json.role !== 'user') return [{ role: json.role === 'system' ? 'system' : 'assistant', parts }]
  const messages: Message[] = []
  for (const part of parts) {
    const role = part.type === 'tool-result' ? 'tool' : 'user'
    const last = messages.at(-1)
    if (last?.role === role) last.parts.push(part)
    else messages.push({ role, parts: [part] })
  }
  return messages.length === 0 ? [{ role: 'user', parts }] : messages
}

function readTool(json: Json, path: string, extra: Json): Tool {
  const { type, name, description, input_schema: parameters, strict } = json
  if (typeof type === 'string' && type !== 'custom')
    return { type: 'hosted', name: typeof name === 'string' ? name : type, dialect: ID, value: json }
  if (typeof name !== 'string' || name === '') throw refuse(`${path}.name`, 'the name of a tool', name)
  const plain = plainName(name)
  Object.assign(extra, toolMembers(json, plain))
  return {
    type: 'function',
    name: plain,
    ...(typeof description === 'string' ? { description } : {}),
    ...(parameters === undefined || parameters === null ? {} : { parameters }),
    ...(typeof strict === 'boolean' ? { strict } : {}),
    ...cacheOf(json),
  }
}

function readToolChoice(choice: Json): { toolChoice?: ToolChoice } {
  switch (choice.type) {
    case undefined:
      return {}
    case 'auto':
    case 'none':
      return { toolChoice: { mode: choice.type } }
    case 'any':
      return { toolChoice: { mode: 'required' } }
    case 'tool':
      if (typeof choice.name !== 'string') throw refuse('tool_choice.name', 'the name of a tool', choice.name)
      return { toolChoice: { mode: 'tool', name: plainName(choice.name) } }
    default:
      throw refuse('tool_choice.type', 'auto, any, tool or none', choice.type)
  }
}

function readSampling(json: Readonly<Json>): Sampling {
  const { temperature, top_p: topP, top_k: topK, max_tokens: maxTokens, stop_sequences: stop } = json
  const members = Object.entries({ temperature, topP, topK, maxTokens, stop })
  return Object.fromEntries(members.filter(([, value]) => value !== undefined && value !== null))
}

/** `output_config.format`; `output_format` is its older name. */
function readOutput(json: Readonly<Json>, extra: Json): OutputFormat {
  const { effort, format, ...config } = objectOf(json.output_config)
  const asked = isObject(format) ? format : objectOf(json.output_format)
  const known = asked.type === 'json_schema' && isObject(asked.schema)
  const unknown = known || asked.type === undefined ? {} : { format: asked }
  // The canonical model's effort is about thinking: without it, effort is Anthropic's own matter.
  const carried = isEffort(effort) && objectOf(json.thinking).type !== 'disabled'
  const rest = { ...config, ...unknown, ...(carried ? {} : defined({ effort })) }
  if (Object.values(rest).some((value) => value !== null)) extra.output_config = rest
  return known ? { type: 'json-schema', schema: asked.schema } : { type: 'text' }
}

/**
 * `thinking` and `output_config.effort`. A client that turns thinking on is shown the thoughts where it does not say
 * otherwise. A way of thinking that is Anthropic's alone stays in `extra`.
 */
function readReasoning(json: Readonly<Json>, extra: Json): { reasoning?: Reasoning } {
  const { type, budget_tokens: budget, display } = objectOf(json.thinking)
  const { effort } = objectOf(json.output_config)
  const level: Reasoning = isEffort(effort) ? { effort } : {}
  const shown = { show: typeof display === 'string' ? display : true }
  switch (type) {
    case 'disabled':
      return { reasoning: { effort: 'none' } }
    case 'adaptive':
      return { reasoning: { effort: 'adaptive', ...level, ...shown } }
    case 'enabled':
      if (typeof budget !== 'number') throw refuse('thinking.budget_tokens', 'a number', budget)
      return { reasoning: { ...level, budget, ...shown } }
    case undefined:
      return level.effort === undefined ? {} : { reasoning: level }
    default:
      extra.thinking = json.thinking
      return level.effort === undefined ? {} : { reasoning: level }
  }
}

function isEffort(value: unknown): value is (typeof EFFORTS)[number] {
  return EFFORTS.some((effort) => effort === value)
}

function readMetadata(metadata: unknown, extra: Json): Json {
  const { user_id: _, ...rest } = objectOf(metadata)
  return Object.keys(rest).length === 0 ? extra : { ...extra, metadata: rest }
}
