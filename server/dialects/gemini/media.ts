import type { MediaPart } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { sniffMime } from '../media.ts'
import { asObject, asText, isObject, type Json, refuse } from '../members.ts'
import { takesPublicUrls } from './models.ts'
import { camelMembers } from './names.ts'

const GOOGLES_OWN =
  /^(gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/|https:\/\/(www\.)?(youtube\.com|youtu\.be)\/)/
const YOUTUBE = /^https:\/\/(www\.)?(youtube\.com|youtu\.be)\//

/** Media types by the ending of an address; Gemini wants one with every file. */
const BY_ENDING: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  aac: 'audio/aac',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mpeg: 'video/mpeg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  csv: 'text/csv',
  json: 'application/json',
}

/** What to say of an address that says nothing itself. */
const BY_KIND: Readonly<Record<MediaPart['media'], string>> = {
  image: 'image/jpeg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  file: 'application/pdf',
}

const DETAIL_OF: Readonly<Record<string, string>> = { MEDIA_RESOLUTION_LOW: 'low', MEDIA_RESOLUTION_HIGH: 'high' }
const RESOLUTION_OF: Readonly<Record<string, string>> = { low: 'MEDIA_RESOLUTION_LOW', high: 'MEDIA_RESOLUTION_HIGH' }

/**
 * An `inlineData` or `fileData` part; `null` when it says more than the canonical model has a place for. Throws
 * `invalid_request`.
 */
export function readMedia(part: Json, param: string): MediaPart | null {
  const { inlineData, fileData, mediaResolution, ...more } = part
  const detail = mediaResolution === undefined ? {} : readResolution(mediaResolution)
  if (detail === null || Object.keys(more).length > 0) return null
  const source = inlineData === undefined ? 'fileData' : 'inlineData'
  const { mimeType, displayName, data, fileUri } = camelMembers(asObject(part[source], `${param}.${source}`) ?? {})
  const mime = asText(mimeType, `${param}.${source}.mimeType`)
  const name = asText(displayName, `${param}.${source}.displayName`)
  const common = {
    ...(mime === undefined ? {} : { mime }),
    ...(name === undefined ? {} : { name }),
    ...detail,
  }
  if (source === 'inlineData') {
    const content = asText(data, `${param}.inlineData.data`)
    if (content === undefined) throw refuse(`${param}.inlineData.data`, 'base64 content', content)
    return { type: 'media', media: kindOf(mime, null), data: content, ...common }
  }
  const url = asText(fileUri, `${param}.fileData.fileUri`)
  if (url === undefined) throw refuse(`${param}.fileData.fileUri`, 'an address', url)
  return { type: 'media', media: kindOf(mime, url), url, ...common }
}

/** The part for media; `undefined` when Gemini cannot be given it, which is named in `lost`. */
export function writeMedia(part: MediaPart, own: boolean, model: string, lost: Lost): Json | undefined {
  const name = own && part.name !== undefined ? { displayName: part.name } : {}
  const resolution = own && part.detail !== undefined ? RESOLUTION_OF[part.detail] : undefined
  const more = resolution === undefined ? {} : { mediaResolution: { level: resolution } }
  if (!own && (part.detail === 'low' || part.detail === 'high')) lost.add('detail')
  if (part.data !== undefined) {
    const mimeType = part.mime ?? sniffMime(part.data) ?? (part.media === 'file' ? 'text/plain' : BY_KIND[part.media])
    return { inlineData: { mimeType, data: part.data, ...name }, ...more }
  }
  const url = part.url ?? ''
  if (!own && !GOOGLES_OWN.test(url) && !(/^https?:\/\//.test(url) && takesPublicUrls(model))) {
    lost.add(part.media === 'image' ? 'image_url' : part.media)
    return undefined
  }
  const mimeType = part.mime ?? mimeOfUrl(url) ?? (YOUTUBE.test(url) || own ? undefined : BY_KIND[part.media])
  return { fileData: { ...(mimeType === undefined ? {} : { mimeType }), fileUri: url, ...name }, ...more }
}

function kindOf(mime: string | undefined, url: string | null): MediaPart['media'] {
  if (url !== null && YOUTUBE.test(url)) return 'video'
  const kind = (mime ?? mimeOfUrl(url ?? '') ?? '').split('/')[0]
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}

function mimeOfUrl(url: string): string | undefined {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(url)?.[1]
  return ending === undefined ? undefined : BY_ENDING[ending.toLowerCase()]
}

function readResolution(value: unknown): { detail: string } | null {
  const level = isObject(value) && Object.keys(value).length === 1 ? value.level : undefined
  const detail = typeof level === 'string' ? DETAIL_OF[level] : undefined
  return detail === undefined ? null : { detail }
}
