import type { Inbound } from '../core/exchange.ts'

/** What can be told of a conversation whatever the client's dialect, without reading the request by it. */

type Json = Inbound['json']

/** The messages, by whichever name the dialect has for them; one prompt is one message. */
export function messagesOf(json: Json): unknown[] {
  const list = json.messages ?? json.contents ?? json.input ?? json.prompt
  if (Array.isArray(list)) return list
  return list === undefined || list === null ? [] : [json]
}

/** What dialects call a part that is an image. */
const IMAGE_TYPES = new Set(['image_url', 'image', 'input_image'])
/** Where parts hold other parts. */
const NESTED = ['content', 'parts', 'output', 'source'] as const

/** Parts by their type, Ollama's `images`, Gemini's inline data and files; in tool results as well. */
export function hasImages(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasImages)
  if (typeof value !== 'object' || value === null) return false
  const part = value as Json
  if (IMAGE_TYPES.has(String(part.type))) return true
  if (Array.isArray(part.images) && part.images.length > 0) return true
  const data = (part.inlineData ?? part.inline_data ?? part.fileData ?? part.file_data) as Json | undefined
  if (String(data?.mimeType ?? data?.mime_type ?? '').startsWith('image/')) return true
  return NESTED.some((name) => hasImages(part[name]))
}

/**
 * The last text that the user wrote; empty when there is none. Of a message in parts it is the last part: what a
 * client adds by itself stands before it. Tool results are not the user's words.
 */
export function lastUserText(messages: readonly unknown[]): string {
  return messages.reduceRight<string>((found, message) => found || (isOfUser(message) ? lastText(message) : ''), '')
}

/** Roles are left out where everything is the user's; items of Responses that are no messages have a type instead. */
function isOfUser(message: unknown): boolean {
  const { role, type = 'message' } = (message ?? {}) as Json
  return role === undefined ? type === 'message' : role === 'user'
}

function lastText(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? '' : value
  if (Array.isArray(value)) return value.reduceRight<string>((found, part) => found || lastText(part), '')
  if (typeof value !== 'object' || value === null) return ''
  const part = value as Json
  if (part.type === 'tool_result') return ''
  return lastText(part.text ?? part.content ?? part.parts ?? part.input ?? part.prompt)
}
