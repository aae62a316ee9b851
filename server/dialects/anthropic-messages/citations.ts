import type { Citation } from '../../core/request.ts'
import { defined } from '../loose-json.ts'
import { isObject, type Json } from '../members.ts'
import { FOREIGN_MARK, ID } from './state.ts'

/** Anthropic's citation of a document, a page of the web or a search result: https://platform.claude.com/docs/en/build-with-claude/citations */
export function readCitation(json: Json): Citation {
  const url = text(json.url) ?? address(json.source)
  const title = text(json.title) ?? text(json.document_title)
  const quote = text(json.cited_text)
  return { ...defined({ url, title, quote }), source: { dialect: ID, value: json } }
}

/** A citation as it stands in a request; `null` for one that Anthropic did not make and would refuse. */
export function writeOwnCitation({ source }: Citation): Json | null {
  if (source.dialect !== ID || !isObject(source.value)) return null
  return source.value.encrypted_index === FOREIGN_MARK ? null : source.value
}

/** A citation for a client to show; `null` for one without an address, which Anthropic has no shape for. */
export function writeCitation(citation: Citation): Json | null {
  const { url, title, quote, source } = citation
  if (source.dialect === ID && isObject(source.value)) return source.value
  if (url === undefined) return null
  return {
    type: 'web_search_result_location',
    url,
    title: title ?? null,
    cited_text: quote ?? '',
    encrypted_index: FOREIGN_MARK,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function address(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:\/\//.test(value) ? value : undefined
}
