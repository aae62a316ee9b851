import type { MediaPart } from '../../core/request.ts'
import { defined } from '../loose-json.ts'
import { sniffMime } from '../media.ts'
import type { Json } from '../members.ts'

/**
 * Formats by media type, per kind of content:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
 */
const IMAGES: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}
const VIDEOS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/webm': 'webm',
  'video/x-flv': 'flv',
  'video/mpeg': 'mpeg',
  'video/x-ms-wmv': 'wmv',
  'video/3gpp': 'three_gp',
}
const AUDIO: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/mp4': 'm4a',
  'audio/m4a': 'm4a',
  'audio/webm': 'webm',
  'audio/pcm': 'pcm',
}
const DOCUMENTS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/markdown': 'md',
  'application/json': 'txt',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
}

/** Images, documents and films as Converse's blocks. Documents of one request must not have the same name. */
export interface MediaWriter {
  /** `null` for what Converse cannot carry: it takes bytes or a place in S3, and only some formats. */
  write(part: MediaPart): Json | null
}

export function mediaWriter(): MediaWriter {
  const names = new Map<string, number>()
  const nameOf = (name: string | undefined): string => {
    const plain = documentName(name)
    const count = (names.get(plain) ?? 0) + 1
    names.set(plain, count)
    return count === 1 ? plain : `${plain} (${count})`
  }
  return {
    write(part) {
      const source = sourceOf(part)
      const mime = part.mime ?? (part.data === undefined ? undefined : sniffMime(part.data)) ?? ''
      if (source === null) return null
      switch (part.media) {
        case 'image':
          return block('image', IMAGES[mime], source)
        case 'video':
          return block('video', VIDEOS[mime], source)
        case 'audio':
          return block('audio', AUDIO[mime], source)
        case 'file': {
          const format = Object.hasOwn(DOCUMENTS, mime) ? DOCUMENTS[mime] : mime.startsWith('text/') ? 'txt' : undefined
          return format === undefined ? null : { document: { format, name: nameOf(part.name), source } }
        }
      }
    },
  }
}

function block(kind: string, format: string | undefined, source: Json): Json | null {
  return format === undefined ? null : { [kind]: { format, source } }
}

function sourceOf({ url, data }: MediaPart): Json | null {
  if (data !== undefined) return defined({ bytes: data })
  return url?.startsWith('s3://') ? { s3Location: { uri: url } } : null
}

/** Letters, digits, single spaces, hyphens, parentheses and brackets are all that a name may have. */
function documentName(name: string | undefined): string {
  const plain = (name ?? '')
    .replace(/[^a-zA-Z0-9\s\-()[\]]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 150)
  return plain === '' ? 'document' : plain
}
