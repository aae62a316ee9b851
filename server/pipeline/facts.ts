import type { Caller } from '../core/caller.ts'
import type { Inbound } from '../core/exchange.ts'
import type { FactPath, Facts } from '../core/facts.ts'

/** A token is four bytes of English, near enough to tell a short prompt from a long one. */
const BYTES_PER_TOKEN = 4

/** Answers predicates about one request; what nobody asks about is not computed. */
export function factsOf(caller: Caller, inbound: Inbound): Facts {
  const { json, head, raw } = inbound
  const facts: Readonly<Record<FactPath, () => unknown>> = {
    tenant: () => caller.tenant,
    team: () => caller.team,
    key: () => caller.key,
    user: () => caller.user,
    session: () => caller.session,
    'request.tokens': () => Math.ceil(raw.length / BYTES_PER_TOKEN),
    'request.messages': () => (Array.isArray(json.messages) ? json.messages.length : 0),
    'request.has_tools': () => Array.isArray(json.tools) && json.tools.length > 0,
    'request.has_images': () => hasImages(json.messages),
    'request.stream': () => head.stream,
  }
  return (path) => {
    if (path.startsWith('metadata.')) {
      const name = path.slice('metadata.'.length)
      return Object.hasOwn(caller.metadata, name) ? caller.metadata[name] : undefined
    }
    return Object.hasOwn(facts, path) ? facts[path as FactPath]() : undefined
  }
}

function hasImages(messages: unknown): boolean {
  if (!Array.isArray(messages)) return false
  return messages.some(({ content }: { content?: unknown }) => {
    return Array.isArray(content) && content.some((part) => part?.type === 'image_url' || part?.type === 'image')
  })
}
