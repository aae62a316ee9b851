import type { ReactNode } from 'react'
import type { Explanation } from '../../server/http/admin/schemas.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { ExplainedConditions } from './explained-conditions.tsx'
import { ExplainedTargets } from './explained-targets.tsx'
import { valueText } from './value-text.ts'

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
          {strategy}: {reason} · {dialect}
          {stream ? ', streamed' : ''}
        </p>
      </div>
      {conditions.length > 0 && <ExplainedConditions conditions={conditions} />}
      <ExplainedTargets targets={targets} wouldCall={would_call} />
      <Values title="Facts of the request" values={explanation.facts} />
      <Values title="Settings" values={explanation.settings} />
      <Values title="Further" values={furtherOf(explanation)} />
    </section>
  )
}

function furtherOf({ cache, budget, guardrails, revision }: Explanation): Record<string, unknown> {
  return {
    cache: cache.scope === null ? cache.mode : `${cache.mode}, ${cache.scope}`,
    'retries the budget allows now': budget.retry_tokens,
    'spend limit': budget.spend ?? 'none',
    guardrails: guardrails.length === 0 ? 'none' : guardrails,
    revision,
  }
}

function Values({ title, values }: { title: string; values: Readonly<Record<string, unknown>> }) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined)
  if (known.length === 0) return null
  return (
    <section aria-label={title} className="border-b border-line px-5 py-3">
      <h3 className="label pb-1">{title}</h3>
      <dl className="grid grid-cols-[minmax(120px,34%)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
        {known.map(([name, value]) => (
          <Value key={name} name={name}>
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
