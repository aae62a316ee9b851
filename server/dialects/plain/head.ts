import { GatewayError } from '../../core/errors.ts'
import type { RequestHead } from '../../core/request.ts'
import type { Usage } from '../../core/usage.ts'
import { readUsage } from '../openai-chat/usage.ts'

type Json = Readonly<Record<string, unknown>>

/** Members that every request of the format must have, besides `model`. Throws `invalid_request`. */
export function headReader(...required: readonly string[]): (json: Json) => RequestHead {
  return (json) => {
    for (const name of ['model', ...required])
      if (json[name] === undefined || json[name] === null || json[name] === '')
        throw new GatewayError('invalid_request', `The request has no \`${name}\`.`, { param: name })
    const { model, user } = json
    if (typeof model !== 'string')
      throw new GatewayError('invalid_request', '`model` is not a text.', { param: 'model' })
    // Streams of these formats pass as they come: nothing in the gateway depends on there being one.
    const name = typeof user === 'string' ? user : null
    return { model, stream: false, streamUsage: false, user: name, metadata: null }
  }
}

/** Usage of OpenAI's replies other than chat: either of its two shapes. `null` where there is none. */
export function openaiUsage(json: unknown): Usage | null {
  const raw = (json as { usage?: Record<string, unknown> } | null)?.usage
  if (typeof raw !== 'object' || raw === null) return null
  const asChat = readUsage(raw)
  if (asChat) return asChat
  const { input_tokens: input, output_tokens: output } = raw
  if (typeof input !== 'number' && typeof output !== 'number') return null
  return countedUsage(Number(input) || 0, Number(output) || 0, raw)
}

export function countedUsage(input: number, output: number, raw: unknown): Usage {
  return { ...NONE, input, output, raw }
}

const NONE = {
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  audioInput: 0,
  audioOutput: 0,
  estimated: false,
}
