import type { CacheMark, Part, ReasoningPart } from '../../core/request.ts'
import { readLocation, sniffMime } from '../media.ts'
import { asObject, asObjects, asText, isObject, type Json, objectsOf, refuse } from '../members.ts'
import { audioMime } from './audio-format.ts'
import { ownState } from './own-state.ts'

/** A message's content: a string or a list of typed parts. Throws `invalid_request` naming the member. */
export function readContent(content: unknown, param: string): Part[] {
  return readParts(content, param, readPart)
}

/** Content as OpenAI's formats have it, each with its own parts. Throws `invalid_request` naming the member. */
export function readParts(content: unknown, param: string, readOne: (part: Json, param: string) => Part): Part[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (!Array.isArray(content)) throw refuse(param, 'a string or a list of parts', content)
  return asObjects(content, param).map((part, index) => readOne(part, `${param}.${index}`))
}

function readPart(part: Json, param: string): Part {
  const cache = readCacheMark(part)
  const marked = cache === null ? {} : { cache }
  switch (part.type) {
    case 'text': {
      const breakpoint = part.prompt_cache_breakpoint
      const state = isObject(breakpoint) ? { state: ownState({ prompt_cache_breakpoint: breakpoint }) } : {}
      return { type: 'text', text: asText(part.text, `${param}.text`) ?? '', ...state, ...marked }
    }
    case 'refusal':
      return { type: 'refusal', text: asText(part.refusal, `${param}.refusal`) ?? '' }
    case 'thinking':
      return readThinking(part)
    case 'image_url':
    case 'video_url':
    case 'audio_url': {
      const media = part.type.slice(0, -'_url'.length) as 'image' | 'video' | 'audio'
      const place = `${param}.${part.type}`
      const value = part[part.type]
      const { url, detail } = typeof value === 'string' ? { url: value } : (asObject(value, place) ?? {})
      if (typeof url !== 'string' || url === '') throw refuse(`${place}.url`, 'a URL', url)
      return {
        type: 'media',
        media,
        ...readLocation(url),
        ...(typeof detail === 'string' ? { detail } : {}),
        ...marked,
      }
    }
    case 'input_audio': {
      const audio = asObject(part.input_audio, `${param}.input_audio`) ?? {}
      const data = asText(audio.data, `${param}.input_audio.data`)
      if (data === undefined) throw refuse(`${param}.input_audio.data`, 'base64', audio.data)
      const mime = audioMime(asText(audio.format, `${param}.input_audio.format`) ?? 'wav')
      return { type: 'media', media: 'audio', data, mime, ...marked }
    }
    case 'file': {
      const file = asObject(part.file, `${param}.file`) ?? {}
      const data = asText(file.file_data, `${param}.file.file_data`)
      // A file that OpenAI already has can be had from nowhere else.
      if (data === undefined) break
      const name = typeof file.filename === 'string' ? { name: file.filename } : {}
      return { type: 'media', media: 'file', ...readFile(data), ...name, ...marked }
    }
    default:
      if (typeof part.type !== 'string') throw refuse(`${param}.type`, 'a string', part.type)
  }
  return { type: 'opaque', dialect: 'openai-chat', value: part, ...marked }
}

/** A data URL, a URL (OpenRouter), or bare base64. */
function readFile(data: string): { url: string } | { data: string; mime?: string } {
  if (/^[a-z]+:/i.test(data)) return readLocation(data)
  const mime = sniffMime(data)
  return mime === null ? { data } : { data, mime }
}

/** Mistral's thinking part: https://docs.mistral.ai/capabilities/reasoning */
export function readThinking(part: Json): ReasoningPart {
  const { thinking, type: _, ...rest } = part
  const text =
    typeof thinking === 'string'
      ? thinking
      : objectsOf(thinking)
          .map((piece) => String(piece.text ?? ''))
          .join('')
  return { type: 'reasoning', text, state: ownState({ thinking: rest }) }
}

/**
 * Anthropic's `cache_control`, which OpenRouter and LiteLLM put into OpenAI's parts, or OpenAI's own
 * `prompt_cache_breakpoint`, whose lifetimes are others.
 */
export function readCacheMark(part: Json): CacheMark | null {
  if (isObject(part.prompt_cache_breakpoint)) return {}
  if (!isObject(part.cache_control)) return null
  const { ttl } = part.cache_control
  return ttl === '5m' || ttl === '1h' ? { ttl } : {}
}
