import { isDeepStrictEqual } from 'node:util'
import type { Quirks } from '../../core/dialect.ts'
import type { ChatRequest } from '../../core/request.ts'
import { openaiChat } from '../../dialects/openai-chat/index.ts'

type Json = Record<string, unknown>

/** Nothing that the format has a word for is left out. */
const EVERYTHING: Quirks = { cacheControl: true, reasoning: 'reasoning_content' }
/** OpenAI's reader wants a model; items need none. */
const NO_MODEL = '-'

/** A request of OpenAI's chat. `model` may be left out. Throws `invalid_request` naming the member. */
export function readWire(body: Readonly<Json>): ChatRequest {
  const json = { ...body, model: body.model ?? NO_MODEL }
  const request = openaiChat.readRequest(json, openaiChat.readHead(json, {}))
  return request.model === NO_MODEL ? { ...request, model: '' } : request
}

/** The same request in OpenAI's form; `null` where that cannot say all of it. */
export function writeWire(request: ChatRequest): Json | null {
  const wire = wireOf(request)
  return wire && isDeepStrictEqual(readBack(wire), asJson(request)) ? wire : null
}

/** The same request as if it had come in OpenAI's form; `null` where that cannot say all of it. */
export function plainForm(request: ChatRequest): ChatRequest | null {
  const plain: ChatRequest = { ...(asJson(request) as ChatRequest), dialect: 'openai-chat' }
  const isOwn = request.dialect === 'openai-chat' || Object.keys(request.extra).length === 0
  return isOwn && writeWire(plain) !== null ? plain : null
}

function wireOf(request: ChatRequest): Json | null {
  const { body, lost } = openaiChat.writeRequest(request, request.model || NO_MODEL, EVERYTHING)
  const { model, ...rest } = asJson(body) as Json
  return lost.length > 0 ? null : { ...(model === NO_MODEL ? {} : { model }), ...rest }
}

/** `null` where the reader refuses what the writer wrote. */
function readBack(wire: Json): unknown {
  try {
    return asJson(readWire(wire))
  } catch {
    return null
  }
}

/** As it is stored: without members that are `undefined`. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
