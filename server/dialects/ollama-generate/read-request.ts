import type { ChatRequest, Message, RequestHead } from '../../core/request.ts'
import { asText, type Json } from '../members.ts'
import { readImages } from '../ollama/read-messages.ts'
import { onlyLoads, readCommon } from '../ollama/read-request.ts'

/**
 * An `/api/generate` request in the canonical model. `suffix`, `template`, `context` and `raw` only mean something to
 * Ollama: they stay in `extra`, unless they are empty, as clients send them. Throws `invalid_request`.
 */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const { prompt, system, images, ...others } = json
  const text = asText(prompt, 'prompt') ?? ''
  const media = readImages(images, 'images')
  if (text === '' && media.length === 0) throw onlyLoads('prompt')
  const instructions = asText(system, 'system') ?? ''
  const common = readCommon(others, head)
  const messages: Message[] = [
    ...(instructions === ''
      ? []
      : [{ role: 'system' as const, parts: [{ type: 'text' as const, text: instructions }] }]),
    { role: 'user', parts: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...media] },
  ]
  return {
    ...common,
    dialect: 'ollama-generate',
    messages,
    tools: [],
    extra: Object.fromEntries(Object.entries(common.extra).filter(([, value]) => !isEmpty(value))),
  }
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === false || (Array.isArray(value) && value.length === 0)
}
