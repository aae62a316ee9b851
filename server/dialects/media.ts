import type { MediaPart } from '../core/request.ts'

/** `data:` URLs and media types of inline content. */

/** The parts of a base64 data URL; for any other URL the URL itself. */
export function readLocation(url: string): { url: string } | { data: string; mime: string } {
  const match = /^data:([^;,]*)(?:;[^;,]+)*;base64,/.exec(url)
  return match ? { data: url.slice(match[0].length), mime: match[1]! } : { url }
}

/** A base64 data URL. */
export function dataUrl(data: string, mime: string | undefined): string {
  return `data:${mime ?? sniffMime(data) ?? 'application/octet-stream'};base64,${data}`
}

/** First base64 characters of files, by their magic numbers. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk', 'image/bmp'],
  ['JVBERi0', 'application/pdf'],
]

/** The media type of base64 content by its first bytes; `null` when they say nothing. */
export function sniffMime(data: string): string | null {
  return MAGIC.find(([start]) => data.startsWith(start))?.[1] ?? null
}

/** The text of a document that is given as text; `null` for any other media. For formats that take no files. */
export function plainText({ media, mime, data }: MediaPart): string | null {
  return media === 'file' && mime === 'text/plain' && data !== undefined ? Buffer.from(data, 'base64').toString() : null
}
