import type { Citation } from '../../core/request.ts'
import { type Json, objectOf, objectsOf } from '../members.ts'

/** Names under which a document may give its address and its title; Cohere takes documents with any members. */
const ADDRESSES = ['url', 'uri', 'link'] as const

/**
 * A citation: a span of the reply, and what it rests on, documents or outputs of tools. Of several sources the first
 * one with an address names it. https://docs.cohere.com/docs/rag-citations
 */
export function readCitation(citation: Json): Citation {
  const sources = objectsOf(citation.sources)
  const documents = sources.map(({ document, tool_output: output }) => flat(objectOf(document ?? output)))
  const named = documents.find((document) => addressOf(document) !== undefined) ?? documents[0] ?? {}
  const url = addressOf(named)
  const { start, end, text } = citation
  return {
    ...(url === undefined ? {} : { url }),
    ...(typeof named.title === 'string' ? { title: named.title } : {}),
    ...(typeof text === 'string' ? { quote: text } : {}),
    ...(typeof start === 'number' && typeof end === 'number' ? { start, end } : {}),
    source: { dialect: 'cohere-chat', value: citation },
  }
}

function flat(document: Json): Json {
  return { ...objectOf(document.data), ...document }
}

function addressOf(document: Json): string | undefined {
  const name = ADDRESSES.find((candidate) => typeof document[candidate] === 'string')
  return name === undefined ? undefined : (document[name] as string)
}
