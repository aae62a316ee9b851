import type { Caller } from '../core/caller.ts'
import { estimatePromptTokens, type Inbound } from '../core/exchange.ts'
import type { FactPath, Facts } from '../core/facts.ts'
import { detectLanguage } from '../core/language.ts'
import { hasImages, lastUserText, messagesOf } from './conversation.ts'

/** Of metadata, what is kept with a request: more than any predicate is likely to ask. */
const MOST_MEMBERS = 32
const LONGEST_TEXT = 256

const CALLER_FACTS: ReadonlySet<string> = new Set<FactPath>(['tenant', 'team', 'key', 'user', 'session'])

type RequestPath = Extract<FactPath, `request.${string}`>

/** `now` is read as this machine's local time. */
const REQUEST_FACTS: Readonly<Record<RequestPath, (inbound: Inbound, now: Date) => unknown>> = {
  'request.tokens': estimatePromptTokens,
  'request.messages': ({ json }) => messagesOf(json).length,
  'request.has_tools': ({ json }) => Array.isArray(json.tools) && json.tools.length > 0,
  'request.has_images': ({ json }) => hasImages(messagesOf(json)),
  'request.stream': ({ head }) => head.stream,
  'request.language': ({ json }) => detectLanguage(lastUserText(messagesOf(json))),
  'request.hour': (_, now) => now.getHours(),
  'request.weekday': (_, now) => now.getDay() || 7,
}
const RECORDED = (Object.keys(REQUEST_FACTS) as RequestPath[]).filter((path) => path !== 'request.language')
/** What takes a walk through the request. */
const COSTLY: ReadonlySet<string> = new Set<RequestPath>(['request.has_images', 'request.language'])

/** Costly facts that predicates asked for, as long as the request is about: most requests have none. */
const foundOut = new WeakMap<Inbound, Map<string, unknown>>()

/** Answers predicates about one request; what nobody asks about is not found out. */
export function factsOf(caller: Caller, inbound: Inbound, now = new Date()): Facts {
  return (path) => {
    if (Object.hasOwn(REQUEST_FACTS, path)) return requestFact(path as RequestPath, inbound, now)
    if (path.startsWith('metadata.')) {
      const name = path.slice('metadata.'.length)
      return Object.hasOwn(caller.metadata, name) ? caller.metadata[name] : undefined
    }
    return CALLER_FACTS.has(path) ? caller[path as 'tenant'] : undefined
  }
}

function requestFact(path: RequestPath, inbound: Inbound, now: Date): unknown {
  if (!COSTLY.has(path)) return REQUEST_FACTS[path](inbound, now)
  const found = foundOut.get(inbound) ?? new Map<string, unknown>()
  if (!found.has(path)) foundOut.set(inbound, found.set(path, REQUEST_FACTS[path](inbound, now)))
  return found.get(path)
}

/**
 * What predicates may ask, by path, to be kept with the request: all of `request.*`, and metadata but for what is long
 * or nested. `request.language` only where a predicate has asked for it, `null` when it is not clear. Who asked is
 * recorded elsewhere.
 */
export function factsRecord(caller: Caller, inbound: Inbound, now = new Date()): Record<string, unknown> {
  const found = foundOut.get(inbound)
  const facts: Record<string, unknown> = {}
  for (const path of RECORDED) facts[path] = found?.has(path) ? found.get(path) : REQUEST_FACTS[path](inbound, now)
  if (found?.has('request.language')) facts['request.language'] = found.get('request.language') ?? null
  let members = 0
  for (const name in caller.metadata) {
    if (name.length > LONGEST_TEXT || !isShort(caller.metadata[name])) continue
    facts[`metadata.${name}`] = caller.metadata[name]
    members += 1
    if (members === MOST_MEMBERS) break
  }
  return facts
}

function isShort(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT
  if (typeof value !== 'object' || value === null) return true
  return Array.isArray(value) && value.length <= MOST_MEMBERS && value.every((item) => !isNested(item) && isShort(item))
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
