import type { CacheMark, Part } from '../../core/request.ts'
import { readLocation } from '../media.ts'
import { asObject, asText, isObject, type Json, present, refuse } from '../members.ts'
import { audioMime } from '../openai-chat/audio-format.ts'
import { readParts } from '../openai-chat/read-part.ts'
import { readCitations } from './citations.ts'
import { itemState } from './own-state.ts'

/** A message's content, or a tool's output: a string or a list of typed parts. Throws `invalid_request`. */
export function readContent(content: unknown, param: string): Part[] {
  return readParts(content, param, readPart)
}

function readPart(part: Json, param: string): Part {
  const cache = readCacheMark(part)
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text': {
      const { prompt_cache_breakpoint: breakpoint } = part
      const citations = readCitations(part.annotations)
      return {
        type: 'text',
        text: asText(part.text, `${param}.text`) ?? '',
        ...(citations.length === 0 ? {} : { citations }),
        ...(isObject(breakpoint) ? { state: itemState({}, { prompt_cache_breakpoint: breakpoint }) } : {}),
        ...cache,
      }
    }
    case 'refusal':
      return { type: 'refusal', text: asText(part.refusal, `${param}.refusal`) ?? '' }
    case 'input_image': {
      const url = asText(part.image_url, `${param}.image_url`)
      const detail = asText(part.detail, `${param}.detail`)
      if (!url) break
      return {
        type: 'media',
        media: 'image',
        ...readLocation(url),
        ...(detail === undefined ? {} : { detail }),
        ...cache,
      }
    }
    case 'input_file': {
      const name = asText(part.filename, `${param}.filename`)
      const data = asText(part.file_data, `${param}.file_data`)
      const url = asText(part.file_url, `${param}.file_url`)
      const place = data === undefined ? url : data.startsWith('data:') ? data : `data:;base64,${data}`
      if (place === undefined) break
      return { type: 'media', media: 'file', ...locate(place), ...(name === undefined ? {} : { name }), ...cache }
    }
    case 'input_audio': {
      const audio = asObject(part.input_audio, `${param}.input_audio`) ?? {}
      const data = asText(audio.data, `${param}.input_audio.data`)
      if (data === undefined) throw refuse(`${param}.input_audio.data`, 'base64', audio.data)
      const mime = audioMime(asText(audio.format, `${param}.input_audio.format`) ?? 'wav')
      return { type: 'media', media: 'audio', data, mime, ...cache }
    }
    default:
      if (typeof part.type !== 'string') throw refuse(`${param}.type`, 'a string', part.type)
  }
  // Among them what OpenAI already has, by its `file_id`.
  return { type: 'opaque', dialect: 'openai-responses', value: present(part), ...cache }
}

/** Bare base64 has no media type. */
function locate(place: string): { url: string } | { data: string; mime?: string } {
  const location = readLocation(place)
  return 'mime' in location && location.mime === '' ? { data: location.data } : location
}

/** OpenAI's lifetimes are others than the model's, so only the place is taken over. */
function readCacheMark(part: Json): { cache?: CacheMark } {
  return isObject(part.prompt_cache_breakpoint) ? { cache: {} } : {}
}
