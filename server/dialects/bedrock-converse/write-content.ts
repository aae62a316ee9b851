import type { CacheMark, Part, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { defined, parseObject, stringOf } from '../loose-json.ts'
import type { Lost } from '../lost.ts'
import { isObject, type Json, objectOf } from '../members.ts'
import { safeId, safeName } from '../safe-names.ts'
import { customArguments, flatName } from '../tool-names.ts'
import type { Turn } from '../turns.ts'
import type { Family } from './families.ts'
import { type MediaWriter, mediaWriter } from './media.ts'
import { ID } from './read-block.ts'

interface Writing {
  family: Family
  media: MediaWriter
  lost: Lost
}

/** Turns as Converse's messages, which have to alternate and must not be empty. */
export function writeMessages(turns: readonly Turn[], family: Family, lost: Lost): Json[] {
  const writing = { family, media: mediaWriter(), lost }
  const messages: { role: string; content: Json[] }[] = []
  for (const { role, parts } of turns) {
    const content = withText(writeParts(parts, role, writing))
    const last = messages.at(-1)
    if (content.length === 0) continue
    if (last?.role === role) last.content.push(...content)
    else messages.push({ role, content })
  }
  return messages
}

/** System texts as Converse's `system`. */
export function writeSystem(parts: readonly Part[], family: Family, lost: Lost): Json[] {
  const said = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '')
  return writeParts(said, 'system', { family, media: mediaWriter(), lost })
}

/** The point up to which the prompt is to be kept: https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html */
export function cachePoint(cache: CacheMark | undefined, { caches }: Family): Json[] {
  return cache && caches ? [{ cachePoint: { type: 'default', ...defined({ ttl: cache.ttl }) } }] : []
}

function writeParts(parts: readonly Part[], role: Turn['role'], writing: Writing): Json[] {
  return parts.flatMap((part) => {
    const blocks = writePart(part, role, writing)
    const marked = 'cache' in part ? part.cache : undefined
    return blocks.length === 0 ? [] : [...blocks, ...cachePoint(marked, writing.family)]
  })
}

function writePart(part: Part, role: Turn['role'], writing: Writing): Json[] {
  const { lost } = writing
  switch (part.type) {
    case 'text':
      if (part.citations && part.citations.length > 0) lost.add('citations')
      return [{ text: part.text }]
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'media': {
      const block = role === 'user' ? writing.media.write(part) : null
      if (block) return [block]
      lost.add(part.media === 'image' ? 'image_url' : part.media)
      return []
    }
    case 'tool-call':
      return [writeCall(part)]
    case 'tool-result':
      return [writeResult(part, writing)]
    case 'reasoning': {
      const value = part.state?.issuer === ID ? objectOf(part.state.value) : {}
      if (typeof value.redacted === 'string') return [{ reasoningContent: { redactedContent: value.redacted } }]
      if (typeof value.signature !== 'string') return []
      return [{ reasoningContent: { reasoningText: { text: part.text, signature: value.signature } } }]
    }
    case 'opaque':
      if (part.dialect === ID && isObject(part.value)) return [part.value]
      lost.add(stringOf(objectOf(part.value).type) || 'opaque')
      return []
  }
}

function writeCall(part: ToolCallPart): Json {
  const text = part.custom ? customArguments(part.arguments) : part.arguments || '{}'
  const name = safeName(flatName(part.name, part.namespace))
  return { toolUse: { toolUseId: safeId(part.id), name, input: parseObject(text) ?? { INVALID_JSON: part.arguments } } }
}

function writeResult(part: ToolResultPart, writing: Writing): Json {
  const { family, lost } = writing
  const kept = part.parts.filter((inner) => inner.type !== 'text' || inner.text !== '')
  // Cache points stand between blocks of a message only, so a mark inside goes behind the result.
  const content = kept.flatMap((inner) => writePart(inner, 'user', writing))
  if (part.isError && !family.resultStatus) lost.add('is_error')
  const status = part.isError && family.resultStatus ? { status: 'error' } : {}
  const inside = kept.find((inner) => 'cache' in inner && inner.cache !== undefined)
  if (inside && part.cache === undefined) lost.add('cache_control')
  return { toolResult: { toolUseId: safeId(part.id), content, ...status } }
}

/** Converse refuses documents without a text beside them: the first one's name is the least that can be said. */
function withText(content: Json[]): Json[] {
  const document = content.map((block) => objectOf(block.document).name).find((name) => name !== undefined)
  if (document === undefined || content.some((block) => block.text !== undefined)) return content
  return [...content, { text: document }]
}
