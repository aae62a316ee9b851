import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import type { ScoreRecord } from '../core/evaluation.ts'
import { newSpanId } from '../core/ids.ts'
import type { AttemptRecord, ExchangeRecord } from '../core/record.ts'
import {
  attemptAttributes,
  evaluationAttributes,
  guardrailAttributes,
  lookUpAttributes,
  requestAttributes,
  routeAttributes,
} from './attributes.ts'

/**
 * Builds OpenTelemetry spans out of finished records, with the ids that the request path gave out. The provider is
 * not registered globally. Everything is sampled here, whatever the caller's flags say: the store must see all.
 */
export function createSpanBuilder(version: string): (record: ExchangeRecord) => readonly ReadableSpan[] {
  const ids = { trace: '', span: '' }
  let ended: ReadableSpan[] = []
  const collect: SpanProcessor = {
    onStart() {},
    onEnd: (span) => void ended.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
  const provider = new BasicTracerProvider({
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes({ 'service.name': 'gatehouse', 'service.version': version }),
    idGenerator: { generateTraceId: () => ids.trace, generateSpanId: () => ids.span },
    spanProcessors: [collect],
  })
  const tracer = provider.getTracer('gatehouse', version)

  return (record) => {
    ended = []
    ids.trace = record.trace_id
    ids.span = record.span_id
    const root = tracer.startSpan(
      `POST ${record.surface}`,
      {
        kind: SpanKind.SERVER,
        startTime: record.epoch,
        attributes: requestAttributes(record),
        links: linksOf(record),
      },
      parentOf(record),
    )
    const context = trace.setSpan(ROOT_CONTEXT, root)
    if (record.routed_ms !== null) {
      ids.span = record.route_span_id
      const options = { startTime: record.epoch, attributes: routeAttributes(record) }
      tracer.startSpan(`route ${record.route}`, options, context).end(record.epoch + record.routed_ms)
    }
    for (const lookUp of record.cache?.lookups ?? []) {
      ids.span = lookUp.span_id
      const startTime = record.epoch + lookUp.started_ms
      const options = { startTime, attributes: lookUpAttributes(record, lookUp) }
      tracer.startSpan(`cache_lookup ${lookUp.kind}`, options, context).end(startTime + lookUp.duration_ms)
    }
    for (const verdict of record.verdicts ?? []) {
      ids.span = verdict.span_id
      const startTime = record.epoch + verdict.started_ms
      const options = { startTime, attributes: guardrailAttributes(record, verdict) }
      tracer.startSpan(`run_guardrail ${verdict.guardrail}`, options, context).end(startTime + verdict.duration_ms)
    }
    for (const attempt of record.attempts) {
      ids.span = attempt.span_id
      buildAttempt(tracer, context, record, attempt)
    }
    for (const score of record.scores ?? []) {
      ids.span = newSpanId()
      buildEvaluation(tracer, context, record, score)
    }
    if (record.status >= 500 || (record.error !== null && record.status < 400))
      root.setStatus({ code: SpanStatusCode.ERROR, ...(record.error_message ? { message: record.error_message } : {}) })
    root.end(record.epoch + record.duration_ms)
    return ended
  }
}

function buildAttempt(tracer: Tracer, context: Context, record: ExchangeRecord, attempt: AttemptRecord): void {
  const startTime = record.epoch + attempt.started_ms
  const attributes = attemptAttributes(record, attempt)
  const span = tracer.startSpan(`chat ${attempt.model}`, { kind: SpanKind.CLIENT, startTime, attributes }, context)
  if (record.stream && attempt.ttft_ms !== null) span.addEvent('first_token', startTime + attempt.ttft_ms)
  if (attempt.resumed_at !== null)
    span.addEvent('resume', { 'gateway.resume.characters': attempt.resumed_at }, startTime)
  if (attempt.outcome === 'error')
    span.setStatus({ code: SpanStatusCode.ERROR, ...(attempt.error_message ? { message: attempt.error_message } : {}) })
  span.end(startTime + (attempt.duration_ms ?? 0))
}

/** An evaluation takes no time worth showing: it stands at the end of the reply that it judges. */
function buildEvaluation(tracer: Tracer, context: Context, record: ExchangeRecord, score: ScoreRecord): void {
  const attempt = record.attempts[score.attempt]!
  const startTime = record.epoch + attempt.started_ms + (attempt.duration_ms ?? 0)
  const attributes = evaluationAttributes(record, score)
  tracer.startSpan(`evaluate ${score.evaluator}`, { startTime, attributes }, context).end(startTime)
}

/** A copy is a trace of its own, with a link to the request that it is of. */
function linksOf({ link }: ExchangeRecord): Link[] {
  if (!link) return []
  return [{ context: { traceId: link.traceId, spanId: link.spanId, traceFlags: TraceFlags.SAMPLED } }]
}

function parentOf(record: ExchangeRecord): Context {
  if (record.parent_span_id === null) return ROOT_CONTEXT
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: record.trace_id,
    spanId: record.parent_span_id,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  })
}
