import type { Citation } from '../../core/request.ts'
import { isObject, type Json, objectsOf } from '../members.ts'

/** `annotations` of a message: https://platform.openai.com/docs/guides/tools-web-search */
export function readCitations(annotations: unknown): Citation[] {
  return objectsOf(annotations).map((annotation) => {
    const { url, title, start_index, end_index } = isObject(annotation.url_citation) ? annotation.url_citation : {}
    return {
      ...(typeof url === 'string' ? { url } : {}),
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof start_index === 'number' ? { start: start_index } : {}),
      ...(typeof end_index === 'number' ? { end: end_index } : {}),
      source: { dialect: 'openai-chat', value: annotation },
    }
  })
}

/**
 * A citation as an annotation; `null` when it points to nothing on the web and is of another dialect. The text that
 * carries it begins at `offset` of the message and is `length` long so far.
 */
export function writeCitation(citation: Citation, offset: number, length: number): Json | null {
  const { source, url, title = '', start = 0, end = length } = citation
  if (source.dialect === 'openai-chat' && isObject(source.value)) return source.value
  if (url === undefined) return null
  return { type: 'url_citation', url_citation: { url, title, start_index: offset + start, end_index: offset + end } }
}
