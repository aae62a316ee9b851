import type { CacheMark, MediaPart, Part, TextPart, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { defined } from '../loose-json.ts'
import type { Lost } from '../lost.ts'
import { sniffMime } from '../media.ts'
import { isObject, type Json } from '../members.ts'
import { safeId, safeName } from '../safe-names.ts'
import { flatName } from '../tool-names.ts'
import type { Turn } from '../turns.ts'
import { writeOwnCitation } from './citations.ts'
import type { OwnMedia } from './own-members.ts'
import { callMembers, ID, thinkingBlock } from './state.ts'
import { toolInput } from './write-whole.ts'

/** https://platform.claude.com/docs/en/build-with-claude/vision */
const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])
/** Media types besides `text/*` whose content is text. */
const TEXTS = new Set(['application/json', 'application/xml', 'application/yaml', 'application/x-yaml'])

/** Turns as Anthropic's messages: a text alone stays a text, everything else becomes blocks. */
export function writeMessages(turns: readonly Turn[], lost: Lost): Json[] {
  const toolsets = toolsetsOf(turns)
  return turns.flatMap(({ role, parts }) => {
    const content = writeContent(parts, role, toolsets, lost)
    return content.length === 0 ? [] : [{ role, content }]
  })
}

/** Anthropic's `cache_control`. */
export function cacheControl(cache: CacheMark | undefined): Json {
  return cache === undefined ? {} : { cache_control: { type: 'ephemeral', ...defined({ ttl: cache.ttl }) } }
}

/** Parts as a text or blocks; an empty list where Anthropic can carry none of them. */
export function writeContent(
  parts: readonly Part[],
  role: Turn['role'],
  toolsets: ReadonlyMap<string, unknown>,
  lost: Lost,
): string | Json[] {
  const blocks = parts.flatMap((part) => writePart(part, role, toolsets, lost))
  const [only] = blocks
  const plain = blocks.length === 1 && only?.type === 'text' && Object.keys(only).length === 2
  return plain ? (only.text as string) : blocks
}

function writePart(part: Part, role: Turn['role'], toolsets: ReadonlyMap<string, unknown>, lost: Lost): Json[] {
  switch (part.type) {
    case 'text':
      return [writeText(part, lost)]
    case 'refusal':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'media':
      return writeMedia(part, role, lost)
    case 'tool-call':
      return [writeCall(part)]
    case 'tool-result':
      return [writeResult(part, toolsets, lost)]
    case 'reasoning': {
      const block = thinkingBlock(part.text, part.state)
      return block ? [block] : []
    }
    case 'opaque':
      if (part.dialect === ID && isObject(part.value)) return [part.value]
      lost.add(isObject(part.value) && typeof part.value.type === 'string' ? part.value.type : 'opaque')
      return []
  }
}

function writeText({ text, citations = [], cache }: TextPart, lost: Lost): Json {
  const written = citations.map(writeOwnCitation)
  if (written.includes(null)) lost.add('citations')
  const kept = written.filter((citation) => citation !== null)
  return { type: 'text', text, ...(kept.length === 0 ? {} : { citations: kept }), ...cacheControl(cache) }
}

function writeCall(part: ToolCallPart): Json {
  return {
    type: 'tool_use',
    id: safeId(part.id),
    name: safeName(flatName(part.name, part.namespace)),
    input: toolInput({ text: part.arguments, custom: part.custom === true }),
    ...callMembers(part.state),
    ...cacheControl(part.cache),
  }
}

function writeResult(part: ToolResultPart, toolsets: ReadonlyMap<string, unknown>, lost: Lost): Json {
  const kept = part.parts.filter((inner) => inner.type !== 'text' || inner.text !== '')
  const content = writeContent(kept, 'user', toolsets, lost)
  return {
    type: 'tool_result',
    tool_use_id: safeId(part.id),
    ...(content.length === 0 ? {} : { content }),
    ...defined({ is_error: part.isError, toolset_name: toolsets.get(part.id) }),
    ...cacheControl(part.cache),
  }
}

/** Only the user can show Claude something. */
function writeMedia(part: MediaPart, role: Turn['role'], lost: Lost): Json[] {
  const block = role === 'user' ? (part.media === 'image' ? imageBlock(part) : documentBlock(part)) : null
  if (block) return [{ ...block, ...(part as OwnMedia).own, ...cacheControl(part.cache) }]
  lost.add(part.media === 'image' ? 'image_url' : part.media)
  return []
}

function imageBlock({ url, data, mime }: MediaPart): Json | null {
  if (url !== undefined) return { type: 'image', source: { type: 'url', url } }
  const type = mime !== undefined && IMAGES.has(mime) ? mime : sniffMime(data ?? '')
  if (data === undefined || type === null || !IMAGES.has(type)) return null
  return { type: 'image', source: { type: 'base64', media_type: type, data } }
}

/** PDFs and texts: https://platform.claude.com/docs/en/build-with-claude/pdf-support */
function documentBlock(part: MediaPart): Json | null {
  const source = part.media === 'file' ? documentSource(part) : null
  return source && { type: 'document', source, ...defined({ title: part.name }) }
}

function documentSource({ url, data, mime }: MediaPart): Json | null {
  if (url !== undefined) return { type: 'url', url }
  if (data === undefined) return null
  const type = mime ?? sniffMime(data)
  if (type === 'application/pdf') return { type: 'base64', media_type: type, data }
  if (type === null || !(type.startsWith('text/') || TEXTS.has(type))) return null
  return { type: 'text', media_type: 'text/plain', data: Buffer.from(data, 'base64').toString() }
}

/** By the id of a call the set of Anthropic's own tools it belongs to, which its result has to repeat. */
function toolsetsOf(turns: readonly Turn[]): Map<string, unknown> {
  const calls = turns.flatMap((turn) => turn.parts.filter((part) => part.type === 'tool-call'))
  return new Map(calls.map(({ id, state }) => [id, callMembers(state).toolset_name]))
}
