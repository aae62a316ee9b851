import { GatewayError } from '../../core/errors.ts'
import type { RequestHead } from '../../core/request.ts'
import type { Usage } from '../../core/usage.ts'
import { objectOf } from '../members.ts'
import { readUsage as readChatUsage } from '../openai-chat/usage.ts'
import { readUsage as readResponsesUsage } from '../openai-responses/usage.ts'

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

/** Usage of OpenAI's replies other than chat, in either of its two shapes. `null` where there is none. */
export function openaiUsage(json: unknown): Usage | null {
  const { usage } = objectOf(json)
  return readChatUsage(usage) ?? readResponsesUsage(usage)
}
