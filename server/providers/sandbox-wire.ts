import { type SandboxReply, type SandboxRequest, textOf } from './sandbox-replies.ts'

/** Marks a made-up reply in its body, for whoever reads only that. */
const MARK = { system_fingerprint: 'gatehouse-sandbox', synthetic: true }

/** A unary reply in OpenAI's shape. */
export function wholeReply(reply: SandboxReply, request: SandboxRequest, id: string): Record<string, unknown> {
  const message = reply.toolCall
    ? { role: 'assistant', content: null, tool_calls: [toolCall(reply.toolCall, id)] }
    : { role: 'assistant', content: reply.text }
  return {
    ...head(request, id, 'chat.completion'),
    choices: choices(request).map((index) => ({ index, message, logprobs: null, finish_reason: finishReason(reply) })),
    usage: usage(reply, request),
  }
}

/** The frames of a streamed reply in OpenAI's shape, one a word. */
export function streamFrames(reply: SandboxReply, request: SandboxRequest, id: string): string[] {
  const base = head(request, id, 'chat.completion.chunk')
  const frame = (list: unknown[], more = {}) => `data: ${JSON.stringify({ ...base, choices: list, ...more })}\n\n`
  const chunk = (index: number, delta: unknown, reason: string | null = null) =>
    frame([{ index, delta, logprobs: null, finish_reason: reason }])
  const frames: string[] = []
  for (const index of choices(request)) frames.push(chunk(index, { role: 'assistant', content: '' }))
  for (const index of choices(request)) {
    if (reply.toolCall) frames.push(chunk(index, { tool_calls: [{ index: 0, ...toolCall(reply.toolCall, id) }] }))
    else for (const content of reply.text.match(/\S+\s*|\s+/g) ?? []) frames.push(chunk(index, { content }))
    frames.push(chunk(index, {}, finishReason(reply)))
  }
  if (request.stream_options?.include_usage) frames.push(frame([], { usage: usage(reply, request) }))
  frames.push('data: [DONE]\n\n')
  return frames
}

function head(request: SandboxRequest, id: string, object: string) {
  return { id, object, created: Math.floor(Date.now() / 1000), model: request.model, ...MARK }
}

function toolCall(call: { name: string; arguments: string }, id: string) {
  return { id: `call_${id.slice(-12)}`, type: 'function', function: call }
}

function finishReason(reply: SandboxReply): string {
  return reply.toolCall ? 'tool_calls' : 'stop'
}

function choices(request: SandboxRequest): number[] {
  return Array.from({ length: Math.max(1, Math.min(request.n ?? 1, 16)) }, (_, index) => index)
}

/** A quarter of the characters stands for tokens. */
function usage(reply: SandboxReply, request: SandboxRequest) {
  const heard = request.messages.reduce((sum, message) => sum + textOf(message).length, 0)
  const prompt = Math.ceil(heard / 4)
  const completion =
    Math.ceil((reply.text.length + (reply.toolCall?.arguments.length ?? 0)) / 4) * choices(request).length
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}
