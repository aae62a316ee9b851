import type { Facts } from '../../core/facts.ts'
import type { TraceCandidate } from '../../stores/experiments/trace-candidates.ts'

const NANO = 1e9
/** Characters of a fact of an item, as of an imported one. */
const LONGEST = 256

type Read = (trace: TraceCandidate) => unknown

/** What conditions may ask of a stored request, beside what they may ask of one that comes in. */
export const TRACE_FACTS: Readonly<Record<string, Read>> = {
  route: ({ route }) => route,
  provider: ({ provider }) => provider,
  model: ({ model }) => model,
  target: targetOf,
  surface: ({ surface }) => surface,
  status: ({ status }) => status,
  error: ({ error }) => error,
  attempts: ({ attempts }) => attempts,
  fallback: ({ fallback }) => fallback === 1,
  cache: ({ cache }) => cache,
  /** The guardrails' verdict that weighs most: `warn`, `redact`, `block`. */
  verdict: ({ guardrail }) => guardrail,
  finish_reason: (trace) => trace.finish_reason,
  input_tokens: (trace) => trace.input_tokens,
  output_tokens: (trace) => trace.output_tokens,
  cost_usd: ({ cost_nano }) => (cost_nano === null ? null : cost_nano / NANO),
  duration_ms: (trace) => trace.duration_ms,
  ttft_ms: (trace) => trace.ttft_ms,
  revision: ({ revision }) => revision,
  /** Mean of what apps told, -1 to 1. */
  feedback: ({ feedback }) => feedback,
}

const CALLER: Readonly<Record<string, Read>> = {
  tenant: ({ tenant }) => tenant,
  team: ({ team }) => team,
  key: ({ key_id }) => key_id,
  user: ({ user }) => user,
  session: ({ session }) => session,
}

/** Answers conditions about one stored request. */
export function traceFacts(trace: TraceCandidate): Facts {
  const recorded = recordedOf(trace)
  const scores = JSON.parse(trace.scores) as Record<string, number>
  return (path) => {
    const read = Object.hasOwn(TRACE_FACTS, path)
      ? TRACE_FACTS[path]
      : Object.hasOwn(CALLER, path)
        ? CALLER[path]
        : null
    if (read) return read(trace)
    if (path.startsWith('score.')) return Object.hasOwn(scores, path.slice(6)) ? scores[path.slice(6)] : undefined
    return Object.hasOwn(recorded, path) ? recorded[path] : undefined
  }
}

/** What cohorts can be made of: who asked, which target answered, and the request's metadata. */
export function itemFacts(trace: TraceCandidate): Record<string, string> {
  const { tenant, team, route, stream } = trace
  const recorded = Object.entries(recordedOf(trace)).filter(
    ([path]) => path.startsWith('metadata.') || path === 'request.language',
  )
  const facts = [
    ...Object.entries({ tenant, team, route, model: targetOf(trace), stream: stream === 1 }),
    ...recorded.map(([path, value]): [string, unknown] => [path === 'request.language' ? 'language' : path, value]),
  ]
  return Object.fromEntries(
    facts.flatMap(([name, value]) =>
      value === null || value === undefined || value === '' || typeof value === 'object'
        ? []
        : [[name, String(value).slice(0, LONGEST)]],
    ),
  )
}

function targetOf({ provider, model }: TraceCandidate): string | null {
  return provider === null || model === null ? null : `${provider}/${model}`
}

function recordedOf({ facts }: TraceCandidate): Record<string, unknown> {
  return facts === null ? {} : (JSON.parse(facts) as Record<string, unknown>)
}
