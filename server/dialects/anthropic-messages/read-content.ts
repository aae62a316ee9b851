import type { CacheMark, Part } from '../../core/request.ts'
import { isObject, type Json, objectOf, objectsOf, refuse } from '../members.ts'
import { plainName } from '../safe-names.ts'
import { readCitation } from './citations.ts'
import { mediaMembers, type OwnMedia } from './own-members.ts'
import { callState, ID, redactedState, signatureState } from './state.ts'

/** Where a block stands in the request, and where the names of its own members go (`own-members.ts`). */
export interface Place {
  path: string
  extra: Json
  /** Inside the result of a tool, where no further results can be. */
  inResult?: boolean
}

/** Content as Anthropic writes it: a text, or a list of blocks. Throws `invalid_request` for a block of wrong shape. */
export function readContent(content: unknown, place: Place): Part[] {
  const { path } = place
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (!Array.isArray(content)) throw refuse(path, 'a string or a list of content blocks', content)
  return content.map((block: unknown, index) => {
    const inner = { ...place, path: `${path}.${index}` }
    if (!isObject(block) || typeof block.type !== 'string')
      throw refuse(inner.path, 'a content block, which has a type', block)
    return readBlock(block, inner)
  })
}

function readBlock(block: Json, place: Place): Part {
  switch (block.type) {
    case 'text': {
      const citations = objectsOf(block.citations).map(readCitation)
      const text = textIn(block, 'text', place)
      return { type: 'text', text, ...(citations.length === 0 ? {} : { citations }), ...cacheOf(block) }
    }
    case 'image':
    case 'document':
      return readMedia(block, place)
    case 'thinking':
      return { type: 'reasoning', text: textIn(block, 'thinking', place), ...signatureState(block.signature) }
    case 'redacted_thinking':
      return { type: 'reasoning', text: '', ...redactedState(textIn(block, 'data', place)) }
    case 'tool_use':
      return {
        type: 'tool-call',
        id: textIn(block, 'id', place),
        name: plainName(textIn(block, 'name', place)),
        arguments: JSON.stringify(block.input ?? {}),
        ...callState(block),
        ...cacheOf(block),
      }
    case 'tool_result':
      if (place.inResult) return { type: 'opaque', dialect: ID, value: block }
      return {
        type: 'tool-result',
        id: textIn(block, 'tool_use_id', place),
        parts: readContent(block.content, { ...place, path: `${place.path}.content`, inResult: true }),
        ...(typeof block.is_error === 'boolean' ? { isError: block.is_error } : {}),
        ...cacheOf(block),
      }
    default:
      return { type: 'opaque', dialect: ID, value: block }
  }
}

/** Images and documents that other formats have as well; the rest, e.g. a file by its id, is Anthropic's own. */
function readMedia(block: Json, place: Place): Part {
  const source = objectOf(block.source)
  const content = mediaSource(source, place)
  if (content === null) return { type: 'opaque', dialect: ID, value: block }
  const { own, names } = mediaMembers(block)
  Object.assign(place.extra, names)
  const part: OwnMedia = {
    type: 'media',
    media: block.type === 'image' ? 'image' : 'file',
    ...content,
    ...(typeof block.title === 'string' ? { name: block.title } : {}),
    ...cacheOf(block),
    ...(own ? { own } : {}),
  }
  return part
}

function mediaSource(source: Json, place: Place): { url: string } | { data: string; mime?: string } | null {
  const inside = { ...place, path: `${place.path}.source` }
  const mime = typeof source.media_type === 'string' ? { mime: source.media_type } : {}
  switch (source.type) {
    case 'base64':
      return { data: textIn(source, 'data', inside), ...mime }
    case 'url':
      return { url: textIn(source, 'url', inside) }
    case 'text':
      return { data: Buffer.from(textIn(source, 'data', inside)).toString('base64'), mime: 'text/plain', ...mime }
    case undefined:
    case null:
      throw refuse(inside.path, 'an object, which has a type', source)
    default:
      return null
  }
}

/** Anthropic's `cache_control` of a block or a tool. */
export function cacheOf({ cache_control: mark }: Json): { cache?: CacheMark } {
  if (!isObject(mark)) return {}
  return { cache: mark.ttl === '5m' || mark.ttl === '1h' ? { ttl: mark.ttl } : {} }
}

function textIn(json: Json, name: string, { path }: Place): string {
  const value = json[name]
  if (typeof value !== 'string') throw refuse(`${path}.${name}`, 'a string', value)
  return value
}
