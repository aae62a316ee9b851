import type { ChatRequest, Message, OutputFormat, Part, Sampling } from '../../core/request.ts'

type Json = Record<string, unknown>

/** `options` by our names: https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx#valid-parameters-and-values */
const OPTIONS = [
  ['temperature', 'temperature'],
  ['topP', 'top_p'],
  ['topK', 'top_k'],
  ['maxTokens', 'num_predict'],
  ['stop', 'stop'],
  ['seed', 'seed'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['presencePenalty', 'presence_penalty'],
] as const satisfies readonly (readonly [keyof Sampling, string])[]

/** Members of a foreign request that are Ollama's own and may go through. */
const OWN = ['options', 'keep_alive', 'think'] as const

/** A canonical request for `/api/chat`. */
export function writeRequest(request: ChatRequest, model: string): { body: Json; lost: string[] } {
  const lost: string[] = []
  const { sampling, extra } = request
  const options: Json = { ...(extra.options as Json | undefined) }
  for (const [ours, theirs] of OPTIONS) if (sampling[ours] !== undefined) options[theirs] = sampling[ours]
  const body: Json = { model, messages: writeMessages(request.messages, lost), stream: request.stream }
  if (request.toolChoice?.mode === 'none') lost.push(...(request.tools.length > 0 ? ['tools'] : []))
  else if (request.tools.length > 0)
    body.tools = request.tools.map(({ strict: _, ...tool }) => ({ type: 'function', function: tool }))
  if (Object.keys(options).length > 0) body.options = options
  if (request.output.type === 'json') body.format = 'json'
  if (request.output.type === 'json-schema') body.format = request.output.schema
  if (request.reasoningEffort !== undefined) body.think = writeEffort(request.reasoningEffort)
  for (const name of OWN) if (name !== 'options' && extra[name] !== undefined) body[name] = extra[name]

  if (request.toolChoice?.mode === 'required' || request.toolChoice?.mode === 'tool') lost.push('tool_choice')
  if (request.parallelToolCalls === false) lost.push('parallel_tool_calls')
  if ((sampling.choices ?? 1) > 1) lost.push('n')
  if (sampling.logprobs !== undefined) lost.push('logprobs')
  lost.push(...Object.keys(extra).filter((name) => !(OWN as readonly string[]).includes(name)))
  return { body, lost: [...new Set(lost)] }
}

/** Ollama takes a level or a switch. */
function writeEffort(effort: string): string | boolean {
  if (effort === 'none' || effort === 'minimal') return false
  return effort === 'low' || effort === 'medium' || effort === 'high' ? effort : true
}

function writeMessages(messages: readonly Message[], lost: string[]): Json[] {
  const toolNames = new Map<string, string>()
  return messages.flatMap((message) => {
    for (const part of message.parts) if (part.type === 'tool-call') toolNames.set(part.id, part.name)
    return writeMessage(message, toolNames, lost)
  })
}

function writeMessage(message: Message, toolNames: ReadonlyMap<string, string>, lost: string[]): Json[] {
  const results = message.parts.filter((part) => part.type === 'tool-result')
  if (results.length > 0)
    return results.map((part) => {
      const name = part.name ?? toolNames.get(part.id)
      return { role: 'tool', content: joinText(part.parts, lost), ...(name === undefined ? {} : { tool_name: name }) }
    })
  const json: Json = { role: message.role, content: joinText(message.parts, lost) }
  const images = message.parts.filter((part) => part.type === 'media' && part.media === 'image')
  const inline = images.flatMap((part) => (part.type === 'media' && part.data !== undefined ? [part.data] : []))
  if (inline.length < images.length) lost.push('image_url')
  if (inline.length > 0) json.images = inline
  const thinking = message.parts.flatMap((part) => (part.type === 'reasoning' ? [part.text] : []))
  if (thinking.length > 0) json.thinking = thinking.join('')
  const calls = message.parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  if (calls.length > 0)
    json.tool_calls = calls.map((call) => ({
      ...(call.id ? { id: call.id } : {}),
      function: { name: call.name, arguments: parseArguments(call.arguments) },
    }))
  return [json]
}

function joinText(parts: readonly Part[], lost: string[]): string {
  let text = ''
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'refusal') text += part.text
    else if (part.type === 'opaque') lost.push('content part')
    else if (part.type === 'media' && part.media !== 'image') lost.push(part.media)
  }
  return text
}

/** Ollama wants arguments as an object, OpenAI as text; what is not an object travels under its own name. */
function parseArguments(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // A model may have written broken JSON: it is kept as text.
  }
  return { arguments: text }
}

/** An `/api/chat` request in the canonical model. */
export function readRequest(json: Readonly<Json>): ChatRequest {
  const { model, messages, tools, format, stream, think, options, ...others } = json
  const extra: Json = others
  const sampling: Sampling = {}
  const rest: Json = { ...(options as Json | undefined) }
  for (const [ours, theirs] of OPTIONS) {
    if (rest[theirs] === undefined) continue
    Object.assign(sampling, { [ours]: rest[theirs] })
    delete rest[theirs]
  }
  if (Object.keys(rest).length > 0) extra.options = rest
  const request: ChatRequest = {
    dialect: 'ollama',
    model: String(model),
    messages: readMessages((messages ?? []) as Json[]),
    tools: ((tools ?? []) as { function: ChatRequest['tools'][number] }[]).map((tool) => ({ ...tool.function })),
    sampling,
    output: readFormat(format),
    stream: stream !== false,
    streamUsage: true,
    extra,
  }
  if (typeof think === 'string') request.reasoningEffort = think
  else if (typeof think === 'boolean') extra.think = think
  return request
}

function readFormat(format: unknown): OutputFormat {
  if (format === 'json') return { type: 'json' }
  return typeof format === 'object' && format !== null ? { type: 'json-schema', schema: format } : { type: 'text' }
}

/** Ollama's tool results name the tool, not the call: they are matched to the calls before them in order. */
function readMessages(messages: readonly Json[]): Message[] {
  const open: { id: string; name: string }[] = []
  let calls = 0
  return messages.map((json): Message => {
    const text = String(json.content ?? '')
    if (json.role === 'tool') {
      const name = String(json.tool_name ?? '')
      const index = Math.max(
        0,
        open.findIndex((call) => call.name === name),
      )
      const id = open.splice(index, 1)[0]?.id ?? ''
      return { role: 'tool', parts: [{ type: 'tool-result', id, name, parts: [{ type: 'text', text }] }] }
    }
    const parts: Part[] = []
    if (typeof json.thinking === 'string') parts.push({ type: 'reasoning', text: json.thinking })
    if (text !== '') parts.push({ type: 'text', text })
    for (const data of (json.images ?? []) as string[]) parts.push({ type: 'media', media: 'image', data })
    for (const call of (json.tool_calls ?? []) as { id?: string; function: { name: string; arguments: unknown } }[]) {
      const id = call.id ?? `call_${calls++}`
      open.push({ id, name: call.function.name })
      parts.push({
        type: 'tool-call',
        id,
        name: call.function.name,
        arguments: JSON.stringify(call.function.arguments),
      })
    }
    const role = json.role === 'system' || json.role === 'assistant' ? json.role : 'user'
    return { role, parts }
  })
}
