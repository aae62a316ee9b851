import { Fragment, type ReactNode } from 'react'
import { formatCost, formatCount, formatDuration, formatMoment, unknown } from '../format.ts'
import { guardMark } from '../guardrails/words.ts'
import { type LiveRequest, type Outcome, outcomeOf } from '../live/request.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { isFromCache } from '../parts/cached-chip.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Elapsed } from '../parts/elapsed.tsx'
import { Mark, outcomeColour } from '../parts/outcome.tsx'

const sentences: Record<Outcome, string> = {
  running: 'Running',
  ok: 'Answered',
  fallback: 'Answered after a fallback',
  refused: 'Refused',
  error: 'Failed',
  cancelled: 'The client went away',
}

const lastResorts = {
  stale: 'Answered with a stale reply',
  static: 'Answered with the fixed text',
} as const

/** What the request was, what came of it, and every id by which others know it. */
export function DetailHead({ request }: { request: LiveRequest }) {
  const outcome = outcomeOf(request)
  const { result } = request
  return (
    <section className="border-b border-line px-5 pt-5 pb-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="text-xl font-semibold">{request.route}</h2>
        <p className="font-medium" style={outcomeColour(outcome)}>
          {sentenceOf(request)}
          {result && ` · ${result.status}`}
        </p>
        {result?.synthetic && <Mark tone="synthetic">synthetic</Mark>}
      </div>
      {result?.error && (
        <p className="mt-1 text-sm text-ink-2">
          <code className="font-mono" style={outcomeColour(outcome)}>
            {result.error}
          </code>{' '}
          {result.error_message}
        </p>
      )}
      <Figures request={request} />
      <Facts request={request} />
    </section>
  )
}

function sentenceOf(request: LiveRequest): string {
  const { result, attempts } = request
  if (result?.last_resort) return lastResorts[result.last_resort]
  if (result && attempts.length === 0 && isFromCache(result)) return 'Answered from the cache'
  return sentences[outcomeOf(request)]
}

function Figures({ request }: { request: LiveRequest }) {
  const { result } = request
  return (
    <dl className="mt-4 grid grid-cols-[repeat(auto-fit,minmax(96px,1fr))] gap-y-3">
      <Figure name="Duration">
        {result ? formatDuration(result.duration_ms) : <Elapsed since={request.startedAt} />}
      </Figure>
      <Figure name="First token">{formatDuration(result?.ttft_ms ?? null)}</Figure>
      <Figure name="Overhead">{formatDuration(result?.overhead_ms ?? null)}</Figure>
      <Figure name="Tokens in">{formatCount(result?.input_tokens ?? null)}</Figure>
      <Figure name="Tokens out">{formatCount(result?.output_tokens ?? null)}</Figure>
      <Figure name="Cost">{formatCost(result?.cost_usd ?? null)}</Figure>
    </dl>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="label">{name}</dt>
      <dd className="text-lg font-medium">{children}</dd>
    </div>
  )
}

function Facts({ request }: { request: LiveRequest }) {
  const { result } = request
  const facts: [string, string | null][] = [
    ['Tenant', request.tenant],
    ['Team', result?.team ?? null],
    ['Key', result?.key ?? null],
    ['Session', result?.session ?? null],
    ['User', result?.user ?? null],
    ['Guardrail', (result && guardMark(result)?.words) ?? null],
    ['Finish reason', result?.finish_reason ?? null],
  ]
  return (
    <dl className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(320px,1fr))] gap-x-6 gap-y-0.5 text-sm">
      <Fact name="Served by">
        <Servers request={request} />
      </Fact>
      <Fact name="Received">{formatMoment(new Date(request.startedAt).toISOString())}</Fact>
      <Fact name="Endpoint">{`${request.surface}${request.stream ? ' (stream)' : ''}`}</Fact>
      {facts.map(([name, value]) => value !== null && <Fact key={name} name={name} children={value} />)}
      {result?.replay_of && <CopyableFact name="Repeats" value={result.replay_of} />}
      <CopyableFact name="Request id" value={request.id} />
      <CopyableFact name="Trace id" value={request.traceId} />
      {result && <CopyableFact name="Revision" value={result.revision} />}
    </dl>
  )
}

/** Who made the reply; of one that was resumed, everyone who had a part in it. */
function Servers({ request: { attempts, result } }: { request: LiveRequest }) {
  if (result?.last_resort) return 'no target'
  if (!result?.provider) return unknown
  if (attempts.length === 0 && isFromCache(result)) return 'the cache'
  const later = attempts.filter(({ reason, outcome }) => reason === 'resume' && outcome === 'ok')
  return (
    <>
      <Swatch provider={result.provider} /> {result.provider} {result.model}
      {later.map(({ index, provider, model }) => (
        <Fragment key={index}>
          , then <Swatch provider={provider} /> {provider} {model}
        </Fragment>
      ))}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-6 min-w-0 items-center gap-2">
      <dt className="w-21 flex-none text-ink-3">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1.5 truncate">{children}</dd>
    </div>
  )
}

function CopyableFact({ name, value }: { name: string; value: string }) {
  return (
    <Fact name={name}>
      <code className="truncate font-mono text-xs" title={value}>
        {value}
      </code>
      <CopyButton text={value} label={name.toLowerCase()} className="flex-none" />
    </Fact>
  )
}
