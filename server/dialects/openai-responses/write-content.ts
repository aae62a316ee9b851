import type { MediaPart, Part, TextPart } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { dataUrl } from '../media.ts'
import type { Json } from '../members.ts'
import { audioFormat } from '../openai-chat/audio-format.ts'
import { nameOf } from '../openai-chat/opaque.ts'
import { partOf } from './own-state.ts'

/** What writing a request needs to know at every place in it. */
export interface Writing {
  lost: Lost
  /** The client spoke this dialect, so what it wrote may stay as it was. */
  own: boolean
}

/** Content of a user's or the system's message, or of a tool's output. What has no place is named. */
export function writeContent(parts: readonly Part[], writing: Writing): Json[] {
  return parts.flatMap((part) => writePart(part, writing))
}

function writePart(part: Part, writing: Writing): Json[] {
  const { lost, own } = writing
  switch (part.type) {
    case 'text':
      return [{ type: 'input_text', text: part.text, ...breakpoint(part) }]
    case 'refusal':
      return [{ type: 'input_text', text: part.text }]
    case 'media': {
      const written = writeMedia(part, own)
      if (written === null) lost.add(part.media)
      return written === null ? [] : [written]
    }
    case 'opaque':
      if (part.dialect === 'openai-responses') return [part.value as Json]
      lost.add(nameOf(part.value))
      return []
    default:
      lost.add(part.type)
      return []
  }
}

function breakpoint(part: TextPart): Json {
  return partOf(part.state)
}

/** Images, and files of every kind that OpenAI reads; audio only from a client that says it knows its server. */
function writeMedia(part: MediaPart, own: boolean): Json | null {
  const { url, data, mime, name, detail } = part
  switch (part.media) {
    case 'image':
      return {
        type: 'input_image',
        image_url: url ?? dataUrl(data ?? '', mime),
        ...(detail === undefined ? {} : { detail }),
      }
    case 'file': {
      const filename = name ?? (own || url !== undefined ? undefined : `file.${extensionOf(mime)}`)
      const place = url === undefined ? { file_data: dataUrl(data ?? '', mime) } : { file_url: url }
      return { type: 'input_file', ...(filename === undefined ? {} : { filename }), ...place }
    }
    case 'audio':
      if (!own || data === undefined) return null
      return { type: 'input_audio', input_audio: { data, format: audioFormat(mime) } }
    case 'video':
      return null
  }
}

/** Inline files need a name; its ending is what the media type says. */
function extensionOf(mime = 'application/pdf'): string {
  return mime === 'text/plain' ? 'txt' : mime.slice(mime.indexOf('/') + 1).replace(/[^a-z0-9]+/gi, '-')
}
