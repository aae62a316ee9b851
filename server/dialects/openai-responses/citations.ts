import type { Citation } from '../../core/request.ts'
import { isObject, type Json, objectsOf } from '../members.ts'

/** `annotations` of a text: links have their place in the model, files of the provider's only their source. */
export function readCitations(annotations: unknown): Citation[] {
  return objectsOf(annotations).map((annotation) => {
    const { url, title, filename, start_index, end_index } = annotation
    const name = title ?? filename
    return {
      ...(typeof url === 'string' ? { url } : {}),
      ...(typeof name === 'string' ? { title: name } : {}),
      ...(typeof start_index === 'number' ? { start: start_index } : {}),
      ...(typeof end_index === 'number' ? { end: end_index } : {}),
      source: { dialect: 'openai-responses', value: annotation },
    }
  })
}

/** A citation as an annotation of a text that is `length` long so far; `null` when it points to nothing on the web. */
export function writeCitation(citation: Citation, length: number): Json | null {
  const { source, url, title = '', start = 0, end = length } = citation
  if (source.dialect === 'openai-responses' && isObject(source.value)) return source.value
  return url === undefined ? null : { type: 'url_citation', url, title, start_index: start, end_index: end }
}
