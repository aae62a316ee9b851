import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { CacheLookUpSpan } from '../core/cache.ts'
import type { ScoreRecord } from '../core/evaluation.ts'
import type { AttemptRecord, ExchangeRecord } from '../core/record.ts'
import { promptTokens } from '../core/usage.ts'
import { type VerdictRecord, worstVerdict } from '../core/verdict.ts'

/**
 * Attribute names of three worlds at once: OpenTelemetry's GenAI conventions, their older `gen_ai.system`, and
 * OpenInference's `llm.*`, so that any viewer finds its own; what is ours is under `gateway.*`.
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/ · https://arize-ai.github.io/openinference/spec/
 */

/** On every span: who asked, and under which policy. */
function common(record: ExchangeRecord): Attributes {
  const attributes: Attributes = { 'gateway.request_id': record.request_id, 'gateway.revision': record.revision }
  if (record.tenant !== null) attributes['gateway.tenant'] = record.tenant
  if (record.team !== null) attributes['gateway.team'] = record.team
  if (record.key !== null) attributes['gateway.key'] = record.key
  if (record.purpose && record.purpose !== 'live') attributes['gateway.purpose'] = record.purpose
  if (record.experiment) attributes['gateway.experiment'] = record.experiment
  if (record.session !== null) attributes['gateway.session'] = record.session
  return attributes
}

/** Of the SERVER span that stands for the whole request. */
export function requestAttributes(record: ExchangeRecord): Attributes {
  const attributes = common(record)
  attributes['openinference.span.kind'] = 'CHAIN'
  attributes['http.request.method'] = 'POST'
  attributes['http.route'] = record.surface
  attributes['url.path'] = record.surface
  attributes['http.response.status_code'] = record.status
  attributes['gateway.route'] = record.route
  attributes['gateway.stream'] = record.stream
  attributes['gateway.attempts'] = record.attempts.length
  attributes['gateway.fallback'] =
    record.last_resort !== null || record.attempts.some((attempt) => attempt.reason === 'fallback')
  if (record.last_resort !== null) attributes['gateway.last_resort'] = record.last_resort
  Object.assign(attributes, cacheAttributes(record))
  const verdict = worstVerdict(record.verdicts ?? [])
  if (verdict !== null) attributes['gateway.guardrail'] = verdict
  if (record.replay_of !== null) attributes['gateway.replay_of'] = record.replay_of
  if (record.purpose && record.purpose !== 'live') attributes['gateway.purpose'] = record.purpose
  if (record.experiment) attributes['gateway.experiment'] = record.experiment
  if (record.session !== null) attributes['session.id'] = record.session
  if (record.user !== null) attributes['user.id'] = record.user
  if (record.overhead_ms !== null) attributes['gateway.overhead_ms'] = record.overhead_ms
  if (record.lossy.length > 0) attributes['gateway.lossy'] = record.lossy
  if (record.warnings.length > 0) attributes['gateway.warnings'] = record.warnings
  if (record.error !== null) attributes['error.type'] = record.error
  return attributes
}

/** How the cache took part; empty in records of older versions. */
function cacheAttributes({ cache }: ExchangeRecord): Attributes {
  if (!cache) return {}
  const named = {
    outcome: cache.outcome,
    why: cache.why,
    found: cache.found,
    similarity: cache.similarity,
    age_ms: cache.age_ms,
    source: cache.source,
    provider: cache.provider,
    model: cache.model,
    saved_usd: cache.saved_nano === null ? null : cache.saved_nano / 1e9,
    saved_ms: cache.saved_ms,
  }
  const known = Object.entries(named).filter(([, value]) => value !== null)
  return Object.fromEntries(known.map(([name, value]) => [`gateway.cache.${name}`, value!]))
}

/** Of a `cache_lookup {exact|semantic}` span. */
export function lookUpAttributes(record: ExchangeRecord, { kind, result }: CacheLookUpSpan): Attributes {
  const attributes = { ...common(record), ...cacheAttributes(record) }
  attributes['openinference.span.kind'] = 'RETRIEVER'
  attributes['gateway.cache.lookup'] = kind
  attributes['gateway.cache.result'] = result
  return attributes
}

/** Of the `route {name}` span. */
export function routeAttributes(record: ExchangeRecord): Attributes {
  const attributes = common(record)
  attributes['openinference.span.kind'] = 'CHAIN'
  attributes['gateway.route'] = record.route
  attributes['gateway.strategy'] = record.strategy ?? ''
  attributes['gateway.route.reason'] = record.route_reason ?? ''
  if (record.route_targets.length > 0) attributes['gateway.route.targets'] = record.route_targets
  // Lists of objects are no attribute values: texts, in the order in which the targets were passed over.
  if (record.skipped.length > 0)
    attributes['gateway.skipped'] = record.skipped.map(({ provider, model, why }) => `${provider}/${model}: ${why}`)
  return attributes
}

/** Of an `evaluate {name}` span. */
export function evaluationAttributes(record: ExchangeRecord, score: ScoreRecord): Attributes {
  return {
    ...common(record),
    'openinference.span.kind': 'EVALUATOR',
    'gateway.evaluator': score.evaluator,
    'gateway.attempt.index': score.attempt,
    'gateway.score': score.score,
    'gateway.passed': score.passed,
    'gateway.score.reason': score.reason,
  }
}

/** Of a `run_guardrail {name}` span. */
export function guardrailAttributes(record: ExchangeRecord, verdict: VerdictRecord): Attributes {
  const { span_id: _, guardrail, started_ms: __, duration_ms: ___, ...named } = verdict
  const known = Object.entries({ name: guardrail, ...named }).filter(([, value]) => value !== null)
  return {
    ...common(record),
    'openinference.span.kind': 'GUARDRAIL',
    ...Object.fromEntries(known.map(([name, value]) => [`gateway.guardrail.${name}`, value as AttributeValue])),
  }
}

/** Of one attempt's CLIENT span. Token counts and cost stand here and nowhere else. */
export function attemptAttributes(record: ExchangeRecord, attempt: AttemptRecord): Attributes {
  const attributes = common(record)
  attributes['openinference.span.kind'] = 'LLM'
  attributes['gen_ai.operation.name'] = 'chat'
  attributes['gen_ai.provider.name'] = attempt.otel_name
  attributes['gen_ai.system'] = attempt.otel_name
  attributes['gen_ai.request.model'] = attempt.model
  attributes['llm.model_name'] = attempt.reply_model ?? attempt.model
  attributes['llm.provider'] = attempt.otel_name
  attributes['gateway.provider'] = attempt.provider
  attributes['gateway.attempt.index'] = attempt.index
  attributes['gateway.attempt.reason'] = attempt.reason
  attributes['gateway.attempt.outcome'] = attempt.outcome
  if (attempt.synthetic) attributes['gateway.synthetic'] = true
  if (attempt.queued_ms > 0) attributes['gateway.queue_ms'] = attempt.queued_ms
  if (attempt.resumed_at !== null) attributes['gateway.resume.characters'] = attempt.resumed_at
  if (record.purpose && record.purpose !== 'live') attributes['gateway.purpose'] = record.purpose
  if (record.experiment) attributes['gateway.experiment'] = record.experiment
  if (record.session !== null) attributes['gen_ai.conversation.id'] = record.session
  if (attempt.reply_model !== null) attributes['gen_ai.response.model'] = attempt.reply_model
  if (attempt.reply_id !== null) attributes['gen_ai.response.id'] = attempt.reply_id
  if (attempt.finish_reason !== null) attributes['gen_ai.response.finish_reasons'] = [attempt.finish_reason]
  if (attempt.status !== null) attributes['http.response.status_code'] = attempt.status
  if (attempt.ttft_ms !== null) attributes['gateway.ttft_ms'] = attempt.ttft_ms
  if (attempt.error !== null) attributes['error.type'] = attempt.error
  if (attempt.cost_nano !== null) attributes['gateway.cost_usd'] = attempt.cost_nano / 1e9
  if (attempt.usage !== null) addUsage(attributes, attempt.usage)
  return attributes
}

function addUsage(attributes: Attributes, usage: NonNullable<AttemptRecord['usage']>): void {
  const prompt = promptTokens(usage)
  attributes['gen_ai.usage.input_tokens'] = prompt
  attributes['gen_ai.usage.output_tokens'] = usage.output
  attributes['llm.token_count.prompt'] = prompt
  attributes['llm.token_count.completion'] = usage.output
  attributes['llm.token_count.total'] = prompt + usage.output
  if (usage.cacheRead > 0) {
    attributes['gen_ai.usage.cache_read.input_tokens'] = usage.cacheRead
    attributes['llm.token_count.prompt_details.cache_read'] = usage.cacheRead
  }
  if (usage.cacheWrite > 0) {
    attributes['gen_ai.usage.cache_creation.input_tokens'] = usage.cacheWrite
    attributes['llm.token_count.prompt_details.cache_write'] = usage.cacheWrite
  }
  if (usage.reasoning > 0) attributes['llm.token_count.completion_details.reasoning'] = usage.reasoning
  if (usage.estimated) attributes['gateway.usage.estimated'] = true
  // The SDK drops objects without a word, so that they travel as JSON.
  attributes['gateway.usage.raw'] = JSON.stringify(usage.raw)
}
