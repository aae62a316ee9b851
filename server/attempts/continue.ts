import type { Quirks } from '../core/dialect.ts'
import { GatewayError } from '../core/errors.ts'
import type { ChatRequest, Message } from '../core/request.ts'
import { estimateTokens } from '../core/token-estimate.ts'

const INSTRUCTION =
  'Your last message was cut off. Go on exactly where it ends: repeat nothing of it, begin in the middle of a word if ' +
  'it ends there, and do not comment on this.'

/**
 * A request that goes on with a reply of which the client has `text` already: as the assistant's own last message
 * where the provider continues one, else with a word to the model. Throws `upstream_cut` where that cannot be.
 */
export function continued(request: ChatRequest, text: string, quirks: Quirks): ChatRequest {
  const { maxTokens } = request.sampling
  const rest = maxTokens === undefined ? undefined : maxTokens - estimateTokens(text)
  if (rest !== undefined && rest < 1) throw new GatewayError('upstream_cut', 'The reply broke off at its length limit.')
  const sampling = rest === undefined ? request.sampling : { ...request.sampling, maxTokens: rest }
  if (text === '') return { ...request, sampling }
  const assistant: Message = { role: 'assistant', parts: [{ type: 'text', text }] }
  if (quirks.continues) return { ...request, sampling, messages: [...request.messages, assistant] }
  // Asked in words, a model would begin its document anew.
  if (request.output.type !== 'text')
    throw new GatewayError('upstream_cut', 'A JSON reply can be continued only by a provider that takes a prefix.')
  const user: Message = { role: 'user', parts: [{ type: 'text', text: INSTRUCTION }] }
  return { ...request, sampling, messages: [...request.messages, assistant, user] }
}

/** What the vendor wants to be told beside, so that it continues the last message. */
export function continuingMembers(body: Readonly<Record<string, unknown>>, { continues }: Quirks): object {
  if (continues === 'continue_final_message') return { continue_final_message: true, add_generation_prompt: false }
  if (continues !== 'prefix' || !Array.isArray(body.messages)) return {}
  return { messages: body.messages.with(-1, { ...body.messages.at(-1), prefix: true }) }
}
