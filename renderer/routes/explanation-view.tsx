import type { ReactNode } from 'react'
import type { Explanation } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { ExplainedConditions } from './explained-conditions.tsx'
import { ExplainedTargets } from './explained-targets.tsx'
import { isEmpty, nameOf, valueText } from './value-text.ts'

/** What would happen to a request: the answer first, then what led to it. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  const { would_call, reason, strategy, dialect, stream, conditions, targets } = explanation
  return (
    <section aria-label="Explanation">
      <div className="border-b border-line px-5 py-4" role="status">
        {would_call === null ? (
          <p className="text-lg font-semibold text-error">No target could be called now</p>
        ) : (
          <p className="flex items-center gap-2 text-lg font-semibold">
            <span className="font-normal text-ink-2">Would call</span>
            <Swatch provider={would_call.split('/')[0]!} />
            {would_call}
          </p>
        )}
        <p className="mt-0.5 text-sm text-ink-2">
          {reason === strategy ? strategy : `${strategy}: ${reason}`} · {dialect}
          {stream ? ', streamed' : ''}
        </p>
      </div>
      {conditions.length > 0 && <ExplainedConditions conditions={conditions} />}
      <ExplainedTargets targets={targets} />
      <Values title="Facts of the request" values={explanation.facts} verbatim />
      <Values title="Settings" values={explanation.settings} />
      <Values title="Further" values={furtherOf(explanation)} />
    </section>
  )
}

const cacheWords = {
  stale: 'kept for when every target fails',
  exact: 'the same request gets the same reply',
  semantic: 'the same request, and questions like it, get the same reply',
} as const

function furtherOf({ cache, idempotency, budget, guardrails, revision }: Explanation): Record<string, unknown> {
  return {
    'retry budget': budget.retry_tokens === null ? null : `${Math.floor(budget.retry_tokens)} retries and hedges now`,
    cache: cache.mode === 'off' ? 'none' : cacheWords[cache.mode],
    'passed by the cache': cache.passed_by,
    'replies are shared by':
      cache.tenant && [cache.tenant, cache.partition, cache.namespace].filter(Boolean).join(' / '),
    'cache key': cache.key,
    'idempotency key': idempotency && `kept ${formatDuration(idempotency.lifetime_ms)}, per ${idempotency.scope}`,
    'spend limit': budget.spend ?? 'none',
    guardrails: guardrails.length === 0 ? 'none' : guardrails,
    revision,
  }
}

interface ValuesProps {
  title: string
  values: Readonly<Record<string, unknown>>
  /** The names are the config's own, and are written as they are. */
  verbatim?: boolean
}

function Values({ title, values, verbatim = false }: ValuesProps) {
  const known = Object.entries(values).filter(([, value]) => !isEmpty(value))
  if (known.length === 0) return null
  return (
    <section aria-label={title} className="border-b border-line px-5 py-3">
      <h3 className="label pb-1">{title}</h3>
      <dl className="grid grid-cols-[minmax(120px,26%)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
        {known.map(([name, value]) => (
          <Value key={name} name={verbatim ? name : nameOf(name)}>
            {valueText(value)}
          </Value>
        ))}
      </dl>
    </section>
  )
}

function Value({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
