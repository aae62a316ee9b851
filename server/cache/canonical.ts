import { createHash } from 'node:crypto'
import { configure } from 'safe-stable-stringify'
import type { CacheHash } from '../core/cache.ts'
import type { ChatRequest, Message, Part, Tool } from '../core/request.ts'
import { hashOf } from './hash.ts'

/** Questions longer than this, in characters, are documents: they are not compared by likeness. */
const LONGEST_QUESTION = 4000

/** Members of the dialects that have no bearing on the answer. */
const IMMATERIAL = new Set(
  `metadata store user service_tier prompt_cache_key prompt_cache_retention safety_identifier stream_options
  keep_alive labels`.split(/\s+/),
)

/** Headers that dialects hand on and that have no bearing on the answer. */
const IMMATERIAL_HEADERS = new Set(['anthropic-version'])

const stable = configure({ bigint: false, circularValue: TypeError })

/** A request in no dialect, as far as it decides what may be answered, ready to be hashed. */
export interface Canonical {
  /** Everything but the text of the last user turn, as JSON. */
  context: string
  /** That text; `null` where the request does not end with a user's words. */
  question: string | null
}

/**
 * What decides the answer to a request: the conversation, tools, sampling, output format, media by hash, and the
 * members that only its dialect knows. Left out: who asks and whether it streams; the limit of tokens, as kept replies
 * are complete and are held against it when they are given; ids of tool calls, of which only the order counts.
 */
export function canonicalOf(request: ChatRequest, forwarded: Readonly<Record<string, string>>): Canonical {
  const { messages, tools, toolChoice, parallelToolCalls, output, reasoning } = request
  const { maxTokens: _, choices, ...sampling } = request.sampling
  const question = lastQuestion(messages)
  const calls = new CallNames()
  const context = {
    messages: messages.map(({ role, name, parts }) => ({
      role,
      name,
      parts: parts.map((part) => (part === question ? { type: 'question' } : canonicalPart(part, calls))),
    })),
    tools: tools.map(canonicalTool),
    toolChoice,
    parallelToolCalls,
    sampling: { ...sampling, ...(choices === undefined || choices === 1 ? {} : { choices }) },
    output,
    reasoning,
    ...ownMembers(request, forwarded),
  }
  return { context: stable(context)!, question: question?.text ?? null }
}

/** The two keys of a request in a scope. */
export function keysOf(scope: CacheHash, { context, question }: Canonical): { key: CacheHash; context: CacheHash } {
  const contextHash = hashOf(scope, context)
  return { key: hashOf(contextHash, question === null ? 'no question' : `question ${question}`), context: contextHash }
}

/** True for a question that can be compared by likeness. */
export function isComparable(question: string | null): question is string {
  return question !== null && question.length <= LONGEST_QUESTION && question.trim() !== ''
}

/** The last text of the last message, where that is a user's own words and not what a tool said. */
function lastQuestion(messages: readonly Message[]): (Part & { type: 'text' }) | null {
  const last = messages.at(-1)
  if (last?.role !== 'user' || last.parts.some(({ type }) => type === 'tool-result')) return null
  const part = last.parts.at(-1)
  return part?.type === 'text' ? part : null
}

/** Ids of tool calls are made up by whoever made the call: the first is 0, the second 1. */
class CallNames {
  readonly #names = new Map<string, number>()

  of(id: string): number {
    const known = this.#names.get(id) ?? this.#names.size
    this.#names.set(id, known)
    return known
  }
}

function canonicalPart(part: Part, calls: CallNames): unknown {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return { type: part.type, text: part.text }
    case 'media': {
      const { type, media, url, data, mime, name, detail } = part
      return { type, media, url, data: data === undefined ? undefined : hashOfMedia(data), mime, name, detail }
    }
    case 'tool-call': {
      const { type, name, custom, namespace } = part
      return { type, call: calls.of(part.id), name, arguments: part.arguments, custom, namespace }
    }
    case 'tool-result': {
      const { type, name, isError } = part
      const parts = part.parts.map((each) => canonicalPart(each, calls))
      return { type, call: calls.of(part.id), name, isError: isError || undefined, parts }
    }
    case 'reasoning':
      return { type: part.type, text: part.text, state: part.state?.value }
    case 'opaque':
      return { type: part.type, dialect: part.dialect, value: part.value }
  }
}

function hashOfMedia(base64: string): string {
  return createHash('sha256').update(base64, 'base64').digest('base64url')
}

function canonicalTool(tool: Tool): unknown {
  if (tool.type !== 'function') return tool
  const { cache: _, ...rest } = tool
  return rest
}

/** What only the request's own dialect understands ties the reply to that dialect. */
function ownMembers({ dialect, extra }: ChatRequest, forwarded: Readonly<Record<string, string>>) {
  const members = Object.entries(extra).filter(([name]) => !IMMATERIAL.has(name))
  const headers = Object.entries(forwarded).filter(([name]) => !IMMATERIAL_HEADERS.has(name))
  if (members.length === 0 && headers.length === 0) return {}
  return { dialect, extra: Object.fromEntries(members), headers: Object.fromEntries(headers) }
}
