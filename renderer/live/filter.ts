/** The filter language of the Live page: words, `name:value` terms and `is:fallback`, all of which must hold. */
import { LEAST_QUEUED_MS } from './chain.ts'
import { hasFallback, hasReason, type LiveRequest, outcomeOf } from './request.ts'

type Matcher = (request: LiveRequest) => boolean

export interface Filter {
  /** `true` when every request passes. */
  empty: boolean
  matches: Matcher
  /** Terms that look like `name:value` but mean nothing, so that the page can say so instead of showing nothing. */
  unknown: readonly string[]
}

/** The terms that the filter knows and what they find, as the page explains them. */
export const filterTerms: readonly (readonly [term: string, meaning: string])[] = [
  ['timeout', 'anywhere: ids, names, errors'],
  ['route:support', 'part of the route'],
  ['tenant:acme', 'part of the tenant'],
  ['provider:vllm', 'any attempt at it'],
  ['model:qwen', 'any attempt at it'],
  ['status:429', 'also 4xx, ok, error, refused, running'],
  ['is:fallback', 'also retry, hedge, escalation, resume'],
  ['is:queued', 'also synthetic, stream, running'],
  ['is:blocked', 'also redacted, warned, guarded: a guardrail did something'],
]

const contains = (text: string | null, part: string) => text?.toLowerCase().includes(part) === true

const fields: Record<string, (value: string) => Matcher | null> = {
  route: (value) => (request) => contains(request.route, value),
  tenant: (value) => (request) => contains(request.tenant, value),
  provider: (value) => (request) => request.attempts.some((attempt) => contains(attempt.provider, value)),
  model: (value) => (request) => request.attempts.some((attempt) => contains(attempt.model, value)),
  status: statusMatcher,
  is: propertyMatcher,
}

/** Reads a filter. Values are matched as parts of words, whatever their case; quotes hold blanks together. */
export function parseFilter(text: string): Filter {
  const matchers: Matcher[] = []
  const unknown: string[] = []
  for (const term of text.toLowerCase().match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []) {
    const plain = term.replaceAll('"', '')
    const [, name, value] = /^([a-z]+):(.*)$/.exec(plain) ?? []
    const field = name === undefined ? undefined : fields[name]
    if (field === undefined) matchers.push((request) => mentions(request, plain))
    else if (value === undefined || value === '') continue
    else {
      const matcher = field(value)
      if (matcher === null) unknown.push(plain)
      else matchers.push(matcher)
    }
  }
  return {
    empty: matchers.length === 0,
    matches: (request) => matchers.every((matches) => matches(request)),
    unknown,
  }
}

function statusMatcher(value: string): Matcher | null {
  if (/^\d{3}$/.test(value)) return (request) => request.result?.status === Number(value)
  if (/^[1-5]xx$/.test(value)) return (request) => Math.floor((request.result?.status ?? 0) / 100) === Number(value[0])
  if (value === 'fallback') return hasFallback
  if (value === 'ok') return (request) => ['ok', 'fallback'].includes(outcomeOf(request))
  return ['error', 'refused', 'running', 'cancelled'].includes(value) ? (request) => outcomeOf(request) === value : null
}

const properties: Readonly<Record<string, Matcher>> = {
  fallback: hasFallback,
  retry: (request) => hasReason(request, 'retry'),
  hedge: (request) => hasReason(request, 'hedge'),
  escalation: (request) => hasReason(request, 'escalation'),
  resume: (request) => hasReason(request, 'resume'),
  queued: (request) => request.attempts.some((attempt) => attempt.queued_ms >= LEAST_QUEUED_MS),
  synthetic: (request) => request.result?.synthetic === true,
  stream: (request) => request.stream,
  running: (request) => request.result === null,
  guarded: (request) => request.result != null && request.result.guardrail !== null,
  blocked: (request) => wasDone(request, 'block'),
  redacted: (request) => wasDone(request, 'redact'),
  warned: (request) => wasDone(request, 'warn'),
}

/** True when a guardrail did it, and did more than monitor. */
function wasDone({ result }: LiveRequest, word: string): boolean {
  return result?.verdicts.some(({ verdict, mode }) => verdict === word && mode === 'enforce') === true
}

function propertyMatcher(value: string): Matcher | null {
  return Object.hasOwn(properties, value) ? properties[value]! : null
}

function mentions(request: LiveRequest, word: string): boolean {
  const { result } = request
  const texts = [request.route, request.tenant, request.id, request.traceId, request.surface]
  if (texts.some((text) => contains(text, word))) return true
  if (
    result &&
    [result.error, result.error_message, result.session, result.user, result.key].some((text) => contains(text, word))
  )
    return true
  return request.attempts.some((attempt) =>
    [attempt.provider, attempt.model, attempt.error].some((text) => contains(text, word)),
  )
}
