import type { ChatRequest, Message, OutputFormat, Part, Sampling, Tool, ToolChoice } from '../../core/request.ts'

type Json = Record<string, unknown>

/** Members with a place in the canonical model; the others go to `extra`. */
const KNOWN = new Set(
  `model messages tools tool_choice parallel_tool_calls temperature top_p top_k max_tokens max_completion_tokens stop seed
  frequency_penalty presence_penalty n logprobs top_logprobs response_format reasoning_effort stream stream_options user`.split(
    /\s+/,
  ),
)

/** A checked OpenAI chat request in the canonical model. */
export function readRequest(json: Readonly<Json>): ChatRequest {
  const request: ChatRequest = {
    dialect: 'openai-chat',
    model: String(json.model),
    messages: (json.messages as Json[]).map(readMessage),
    tools: ((json.tools ?? []) as Json[]).filter((tool) => tool.function !== undefined).map(readTool),
    sampling: readSampling(json),
    output: readOutput(json.response_format),
    stream: json.stream === true,
    streamUsage: (json.stream_options as Json | null | undefined)?.include_usage === true,
    extra: Object.fromEntries(Object.entries(json).filter(([name]) => !KNOWN.has(name))),
  }
  const toolChoice = readToolChoice(json.tool_choice)
  if (toolChoice) request.toolChoice = toolChoice
  if (typeof json.parallel_tool_calls === 'boolean') request.parallelToolCalls = json.parallel_tool_calls
  if (typeof json.reasoning_effort === 'string') request.reasoningEffort = json.reasoning_effort
  if (typeof json.user === 'string') request.user = json.user
  return request
}

function readMessage(json: Json): Message {
  const name = typeof json.name === 'string' ? { name: json.name } : {}
  switch (json.role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: readContent(json.content), ...name }
    case 'tool':
    case 'function':
      return {
        role: 'tool',
        parts: [
          { type: 'tool-result', id: String(json.tool_call_id ?? ''), parts: readContent(json.content), ...name },
        ],
      }
    case 'assistant':
      return { role: 'assistant', parts: readAssistant(json), ...name }
    default:
      return { role: 'user', parts: readContent(json.content), ...name }
  }
}

function readAssistant(json: Json): Part[] {
  const parts: Part[] = []
  const reasoning = json.reasoning_content ?? json.reasoning
  if (typeof reasoning === 'string' && reasoning !== '') parts.push({ type: 'reasoning', text: reasoning })
  parts.push(...readContent(json.content))
  if (typeof json.refusal === 'string') parts.push({ type: 'refusal', text: json.refusal })
  for (const call of (json.tool_calls ?? []) as { id?: string; function?: { name?: string; arguments?: string } }[]) {
    const { name = '', arguments: text = '' } = call.function ?? {}
    parts.push({ type: 'tool-call', id: call.id ?? '', name, arguments: text })
  }
  return parts
}

function readContent(content: unknown): Part[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return Array.isArray(content) ? content.map(readPart) : []
}

function readPart(part: Json): Part {
  switch (part?.type) {
    case 'text':
      return { type: 'text', text: String(part.text ?? '') }
    case 'refusal':
      return { type: 'refusal', text: String(part.refusal ?? '') }
    case 'image_url': {
      const image = (typeof part.image_url === 'string' ? { url: part.image_url } : part.image_url) as Json
      const detail = typeof image.detail === 'string' ? { detail: image.detail } : {}
      return { type: 'media', media: 'image', ...readLocation(String(image.url ?? '')), ...detail }
    }
    case 'input_audio': {
      const audio = part.input_audio as { data: string; format: string }
      return { type: 'media', media: 'audio', data: audio.data, mime: `audio/${audio.format}` }
    }
    case 'file': {
      const file = part.file as { file_data?: string; filename?: string }
      if (typeof file?.file_data !== 'string') break
      const name = file.filename === undefined ? {} : { name: file.filename }
      return { type: 'media', media: 'file', ...readLocation(file.file_data), ...name }
    }
  }
  return { type: 'opaque', dialect: 'openai-chat', value: part }
}

function readLocation(url: string): { url: string } | { data: string; mime: string } {
  const match = /^data:([^;,]*);base64,/.exec(url)
  return match ? { data: url.slice(match[0].length), mime: match[1]! } : { url }
}

function readTool(json: Json): Tool {
  const { name, description, parameters, strict } = json.function as Json
  return {
    name: String(name),
    ...(typeof description === 'string' ? { description } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(typeof strict === 'boolean' ? { strict } : {}),
  }
}

function readToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { mode: value }
  const name = (value as { function?: { name?: string } } | null | undefined)?.function?.name
  return typeof name === 'string' ? { mode: 'tool', name } : undefined
}

function readSampling(json: Readonly<Json>): Sampling {
  const sampling: Sampling = {}
  const take = (name: keyof Sampling, value: unknown) => {
    if (typeof value === 'number') Object.assign(sampling, { [name]: value })
  }
  take('temperature', json.temperature)
  take('topP', json.top_p)
  take('topK', json.top_k)
  take('maxTokens', json.max_completion_tokens ?? json.max_tokens)
  take('seed', json.seed)
  take('frequencyPenalty', json.frequency_penalty)
  take('presencePenalty', json.presence_penalty)
  take('choices', json.n)
  if (json.logprobs === true) sampling.logprobs = typeof json.top_logprobs === 'number' ? json.top_logprobs : 0
  if (typeof json.stop === 'string') sampling.stop = [json.stop]
  else if (Array.isArray(json.stop)) sampling.stop = json.stop.map(String)
  return sampling
}

function readOutput(value: unknown): OutputFormat {
  const format = value as { type?: string; json_schema?: Json } | null | undefined
  if (format?.type === 'json_object') return { type: 'json' }
  if (format?.type !== 'json_schema' || !format.json_schema) return { type: 'text' }
  const { name, schema, strict } = format.json_schema
  return {
    type: 'json-schema',
    schema,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof strict === 'boolean' ? { strict } : {}),
  }
}
