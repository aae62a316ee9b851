import type { Citation } from '../../core/request.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'

/**
 * Where a reply's text comes from: https://ai.google.dev/gemini-api/docs/google-search#grounding_response and
 * https://ai.google.dev/api/generate-content#CitationMetadata. Places in the text are counted in bytes there and in
 * characters here. Each citation carries Gemini's own object, so that it can be written back as it was.
 */
export function readCitations(candidate: Json, text: string): Citation[] {
  const citations: Citation[] = []
  const { groundingMetadata, citationMetadata } = candidate
  if (isObject(groundingMetadata)) {
    const chunks = objectsOf(groundingMetadata.groundingChunks)
    for (const support of objectsOf(groundingMetadata.groundingSupports))
      for (const index of Array.isArray(support.groundingChunkIndices) ? support.groundingChunkIndices : []) {
        const chunk = chunks[Number(index)]
        if (chunk === undefined) continue
        const place = placeOf(objectOf(support.segment), text)
        citations.push({ ...sourceOf(chunk), ...place, source: { dialect: 'gemini', value: { groundingMetadata } } })
      }
    const source = { dialect: 'gemini', value: { groundingMetadata } } as const
    if (citations.length === 0) citations.push(...chunks.map((chunk) => ({ ...sourceOf(chunk), source })))
    // Searches without a result still have to be shown by Gemini's clients.
    if (citations.length === 0 && Object.keys(groundingMetadata).length > 0) citations.push({ source })
  }
  const sources = objectOf(citationMetadata)
  for (const citationSource of objectsOf(sources.citationSources ?? sources.citations))
    citations.push({
      ...named(citationSource.uri, citationSource.title),
      ...placeOf(citationSource, text),
      source: { dialect: 'gemini', value: { citationSource } },
    })
  return citations
}

/** The candidate's members for citations of any dialect. */
export function writeCitations(citations: readonly Citation[], text: string): Json {
  const own = citations.filter(({ source }) => source.dialect === 'gemini').map(({ source }) => objectOf(source.value))
  const metadata = own.findLast(({ groundingMetadata }) => groundingMetadata !== undefined)
  const citationSources = own.flatMap(({ citationSource }) => (citationSource === undefined ? [] : [citationSource]))
  const foreign = citations.filter(({ source }) => source.dialect !== 'gemini')
  return {
    ...(metadata !== undefined
      ? { groundingMetadata: metadata.groundingMetadata }
      : foreign.length > 0
        ? { groundingMetadata: groundingOf(foreign, text) }
        : {}),
    ...(citationSources.length > 0 ? { citationMetadata: { citationSources } } : {}),
  }
}

function groundingOf(citations: readonly Citation[], text: string): Json {
  const groundingChunks: Json[] = []
  const indices = new Map<string, number>()
  const groundingSupports: Json[] = []
  for (const { url, title, quote, start, end } of citations) {
    const key = JSON.stringify([url, title])
    const index = indices.get(key) ?? groundingChunks.length
    if (index === groundingChunks.length) {
      indices.set(key, index)
      const name = title === undefined ? {} : { title }
      groundingChunks.push(
        url === undefined
          ? { retrievedContext: { ...name, ...(quote ? { text: quote } : {}) } }
          : { web: { uri: url, ...name } },
      )
    }
    if (start === undefined || end === undefined) continue
    const segment = { startIndex: bytes(text, start), endIndex: bytes(text, end), text: text.slice(start, end) }
    groundingSupports.push({ segment, groundingChunkIndices: [index] })
  }
  return { groundingChunks, groundingSupports }
}

/** A chunk's address, whatever tool found it. */
function sourceOf(chunk: Json): Pick<Citation, 'url' | 'title'> {
  const { uri, title } = objectOf(chunk.web ?? chunk.retrievedContext ?? chunk.maps ?? chunk.image)
  return named(uri, title)
}

function named(uri: unknown, title: unknown): Pick<Citation, 'url' | 'title'> {
  return {
    ...(typeof uri === 'string' && uri !== '' ? { url: uri } : {}),
    ...(typeof title === 'string' && title !== '' ? { title } : {}),
  }
}

/** A segment's place in the text; only what can be found there. */
function placeOf({ startIndex, endIndex, text: quoted }: Json, text: string): Pick<Citation, 'start' | 'end'> {
  if (typeof endIndex !== 'number') return {}
  const all = Buffer.from(text)
  const first = typeof startIndex === 'number' ? startIndex : 0
  const start = all.toString('utf8', 0, first).length
  const end = all.toString('utf8', 0, endIndex).length
  if (typeof quoted !== 'string' || text.slice(start, end) === quoted) return start < end ? { start, end } : {}
  const found = text.indexOf(quoted)
  return found < 0 ? {} : { start: found, end: found + quoted.length }
}

function bytes(text: string, characters: number): number {
  return Buffer.byteLength(text.slice(0, characters))
}
