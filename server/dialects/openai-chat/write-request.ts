import type { ChatRequest, Message, OutputFormat, Part, ToolChoice } from '../../core/request.ts'

type Json = Record<string, unknown>

/** A canonical request as an OpenAI chat request. */
export function writeRequest(request: ChatRequest, model: string): { body: Json; lost: string[] } {
  const lost: string[] = []
  const { sampling } = request
  const body: Json = {
    ...request.extra,
    model,
    messages: request.messages.flatMap((message) => writeMessage(message, lost)),
    tools: request.tools.length === 0 ? undefined : request.tools.map((tool) => ({ type: 'function', function: tool })),
    tool_choice: writeToolChoice(request.toolChoice),
    parallel_tool_calls: request.parallelToolCalls,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    max_completion_tokens: sampling.maxTokens,
    stop: sampling.stop,
    seed: sampling.seed,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    n: sampling.choices,
    logprobs: sampling.logprobs === undefined ? undefined : true,
    top_logprobs: sampling.logprobs || undefined,
    response_format: writeOutput(request.output),
    reasoning_effort: request.reasoningEffort,
    user: request.user,
    stream: request.stream || undefined,
    stream_options: request.stream && request.streamUsage ? { include_usage: true } : undefined,
  }
  for (const [name, value] of Object.entries(body)) if (value === undefined) delete body[name]
  return { body, lost }
}

function writeMessage(message: Message, lost: string[]): Json[] {
  const name = message.name === undefined ? {} : { name: message.name }
  if (message.role === 'assistant') return [{ ...writeAssistant(message.parts, lost), ...name }]
  const messages: Json[] = []
  for (const part of message.parts) {
    if (part.type !== 'tool-result') continue
    const naming = part.name === undefined ? {} : { name: part.name }
    messages.push({ role: 'tool', tool_call_id: part.id, content: writeContent(part.parts, lost), ...naming })
  }
  const rest = message.parts.filter((part) => part.type !== 'tool-result')
  if (rest.length > 0 || messages.length === 0)
    messages.push({ role: message.role, content: writeContent(rest, lost), ...name })
  return messages
}

function writeAssistant(parts: readonly Part[], lost: string[]): Json {
  const reasoning = parts.filter((part) => part.type === 'reasoning').map((part) => part.text)
  const refusal = parts.find((part) => part.type === 'refusal')
  const calls = parts.filter((part) => part.type === 'tool-call')
  const shown = parts.filter((part) => !['reasoning', 'refusal', 'tool-call'].includes(part.type))
  return {
    role: 'assistant',
    content: shown.length === 0 ? null : writeContent(shown, lost),
    ...(reasoning.length === 0 ? {} : { reasoning_content: reasoning.join('') }),
    ...(refusal ? { refusal: refusal.text } : {}),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, arguments: text }) => ({
            id,
            type: 'function',
            function: { name, arguments: text },
          })),
        }),
  }
}

function writeContent(parts: readonly Part[], lost: string[]): unknown {
  const only = parts[0]
  if (parts.length === 1 && only?.type === 'text') return only.text
  return parts.flatMap((part) => writePart(part, lost))
}

function writePart(part: Part, lost: string[]): Json[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }]
    case 'refusal':
      return [{ type: 'refusal', refusal: part.text }]
    case 'media': {
      const url = part.url ?? `data:${part.mime ?? 'application/octet-stream'};base64,${part.data}`
      if (part.media === 'image')
        return [{ type: 'image_url', image_url: { url, ...(part.detail ? { detail: part.detail } : {}) } }]
      if (part.media === 'audio' && part.data !== undefined)
        return [{ type: 'input_audio', input_audio: { data: part.data, format: part.mime?.split('/')[1] ?? 'wav' } }]
      if (part.media === 'file')
        return [{ type: 'file', file: { file_data: url, ...(part.name ? { filename: part.name } : {}) } }]
      lost.push(part.media)
      return []
    }
    case 'opaque':
      if (part.dialect === 'openai-chat') return [part.value as Json]
  }
  lost.push(part.type)
  return []
}

function writeToolChoice(choice: ToolChoice | undefined): unknown {
  if (choice === undefined) return undefined
  return choice.mode === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.mode
}

function writeOutput(output: OutputFormat): unknown {
  if (output.type === 'text') return undefined
  if (output.type === 'json') return { type: 'json_object' }
  const { name = 'reply', schema, strict } = output
  return { type: 'json_schema', json_schema: { name, schema, ...(strict === undefined ? {} : { strict }) } }
}
