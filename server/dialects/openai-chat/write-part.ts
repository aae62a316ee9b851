import type { MediaPart, Part } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { dataUrl } from '../media.ts'
import type { Json } from '../members.ts'
import { audioFormat } from './audio-format.ts'
import { nameOf } from './opaque.ts'
import { stateMembers } from './own-state.ts'

/** What writing a request needs to know at every place in it. */
export interface Writing {
  lost: Lost
  /** The client spoke this dialect, so what it wrote may stay as it was. */
  own: boolean
  /** The vendor understands `cache_control`. */
  cacheControl: boolean
}

/** A message's content: a string where one says it all, else a list of typed parts. */
export function writeContent(parts: readonly Part[], writing: Writing): unknown {
  const written = parts.flatMap((part) => writePart(part, writing))
  const only = written[0]
  if (written.length === 0) return ''
  if (written.length === 1 && only?.type === 'text' && Object.keys(only).length === 2) return only.text
  return written
}

/** A part of a user's, the system's or a tool's message. What has no place is named. */
function writePart(part: Part, writing: Writing): Json[] {
  const { lost, own } = writing
  switch (part.type) {
    case 'text': {
      const { prompt_cache_breakpoint: breakpoint } = stateMembers(part.state)
      const mark = breakpoint === undefined ? {} : { prompt_cache_breakpoint: breakpoint }
      return [{ type: 'text', text: part.text, ...mark, ...cacheControl(part, writing) }]
    }
    case 'media': {
      const written = writeMedia(part, own)
      if (written === null) lost.add(part.media)
      return written === null ? [] : [{ ...written, ...cacheControl(part, writing) }]
    }
    case 'refusal':
      return [{ type: 'refusal', refusal: part.text }]
    case 'opaque':
      if (part.dialect === 'openai-chat') return [part.value as Json]
      lost.add(nameOf(part.value))
      return []
    default:
      lost.add(part.type)
      return []
  }
}

function writeMedia(part: MediaPart, own: boolean): Json | null {
  const url = part.url ?? dataUrl(part.data ?? '', part.mime)
  const filename = part.name === undefined ? {} : { filename: part.name }
  const detail = part.detail === undefined ? {} : { detail: part.detail }
  switch (part.media) {
    case 'image':
      return { type: 'image_url', image_url: { url, ...detail } }
    case 'audio':
      if (part.data !== undefined)
        return { type: 'input_audio', input_audio: { data: part.data, format: audioFormat(part.mime) } }
      return own ? { type: 'audio_url', audio_url: { url } } : null
    case 'video':
      // Only some servers (vLLM, OpenRouter) know it; a client that says it knows its server.
      return own ? { type: 'video_url', video_url: { url } } : null
    case 'file':
      // OpenAI takes no address here; OpenRouter does.
      if (part.data === undefined && !own) return null
      return { type: 'file', file: { file_data: url, ...filename } }
  }
}

/** Only for vendors that understand it; where they do not, the request's marks are named as a whole. */
export function cacheControl(item: Pick<Part & { cache?: object }, 'cache'>, writing: Writing): Json {
  return item.cache && writing.cacheControl ? { cache_control: { type: 'ephemeral', ...item.cache } } : {}
}
