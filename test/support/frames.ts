/** Frames of an OpenAI stream, made by hand for faults that nobody recorded. */

/** One chunk frame of choice 0. */
export function chunk(delta: Record<string, unknown>, finish: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'up', choices })}\n\n`
}

export const ROLE = chunk({ role: 'assistant', content: '' })
export const STOP = chunk({}, 'stop')
export const DONE = 'data: [DONE]\n\n'
export const SSE = { 'content-type': 'text/event-stream' }

/** The usage frame that OpenAI sends when it was asked for usage. */
export const USAGE = `data: ${JSON.stringify({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'up',
  choices: [],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12, prompt_tokens_details: { cached_tokens: 4 } },
})}\n\n`

/** A good stream that says these words. */
export function goodStream(...words: string[]) {
  return { headers: SSE, chunks: [ROLE, ...words.map((content) => chunk({ content })), STOP, USAGE, DONE] }
}

/** A good unary reply. */
export function goodReply(content = 'ok') {
  return whole({ role: 'assistant', content }, 'stop')
}

/** A good reply that calls this tool, streamed or whole. */
export function toolCall(name: string, args: Record<string, unknown>, stream: boolean) {
  const call = { id: 'c1', type: 'function', function: { name, arguments: JSON.stringify(args) } }
  if (!stream) return whole({ role: 'assistant', content: null, tool_calls: [call] }, 'tool_calls')
  const delta = chunk({ tool_calls: [{ index: 0, ...call }] })
  return { headers: SSE, chunks: [ROLE, delta, chunk({}, 'tool_calls'), USAGE, DONE] }
}

function whole(message: Record<string, unknown>, finish: string) {
  const choices = [{ index: 0, message, finish_reason: finish }]
  const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 }
  return { chunks: [JSON.stringify({ id: 'c1', object: 'chat.completion', created: 1, model: 'up', choices, usage })] }
}

/** The text of an SSE body and its error, if one stands in it. */
export function readSse(body: string) {
  const frames = body
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => frame.slice(6))
  const chunks = frames.filter((frame) => frame !== '[DONE]').map((frame) => JSON.parse(frame))
  return {
    text: chunks.map((json) => json.choices?.[0]?.delta?.content ?? '').join(''),
    error: chunks.find((json) => json.error)?.error as { code: string; message: string } | undefined,
    done: frames.at(-1) === '[DONE]',
    usage: chunks.find((json) => json.usage)?.usage,
  }
}
