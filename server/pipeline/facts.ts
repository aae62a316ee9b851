import type { Caller } from '../core/caller.ts'
import type { Inbound } from '../core/exchange.ts'
import type { FactPath, Facts } from '../core/facts.ts'

/** A token is four bytes of English, near enough to tell a short prompt from a long one. */
const BYTES_PER_TOKEN = 4

/** Answers predicates about one request; what nobody asks about is not computed. */
export function factsOf(caller: Caller, inbound: Inbound): Facts {
  const { json, head, raw } = inbound
  const facts: Readonly<Record<FactPath, () => unknown>> = {
    tenant: () => caller.tenant,
    team: () => caller.team,
    key: () => caller.key,
    user: () => caller.user,
    session: () => caller.session,
    'request.tokens': () => Math.ceil(raw.length / BYTES_PER_TOKEN),
    'request.messages': () => messagesOf(json).length,
    'request.has_tools': () => Array.isArray(json.tools) && json.tools.length > 0,
    'request.has_images': () => hasImages(messagesOf(json)),
    'request.stream': () => head.stream,
  }
  return (path) => {
    if (path.startsWith('metadata.')) {
      const name = path.slice('metadata.'.length)
      return Object.hasOwn(caller.metadata, name) ? caller.metadata[name] : undefined
    }
    return Object.hasOwn(facts, path) ? facts[path as FactPath]() : undefined
  }
}

/** The conversation, by whichever name the client's dialect has for it; one prompt is one message. */
function messagesOf(json: Inbound['json']): unknown[] {
  const list = json.messages ?? json.contents ?? json.input ?? json.prompt
  if (Array.isArray(list)) return list
  return list === undefined || list === null ? [] : [json]
}

/** What dialects call a part that is an image. */
const IMAGE_TYPES = new Set(['image_url', 'image', 'input_image'])
/** Where parts hold other parts. */
const NESTED = ['content', 'parts', 'output', 'source'] as const

/** Parts by their type, Ollama's `images`, Gemini's inline data and files; in tool results as well. */
function hasImages(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasImages)
  if (typeof value !== 'object' || value === null) return false
  const part = value as Record<string, unknown>
  if (IMAGE_TYPES.has(String(part.type))) return true
  if (Array.isArray(part.images) && part.images.length > 0) return true
  const data = (part.inlineData ?? part.inline_data ?? part.fileData ?? part.file_data) as
    | Record<string, unknown>
    | undefined
  if (String(data?.mimeType ?? data?.mime_type ?? '').startsWith('image/')) return true
  return NESTED.some((name) => hasImages(part[name]))
}
