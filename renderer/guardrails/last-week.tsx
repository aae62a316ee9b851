import { useQuery } from '@tanstack/react-query'
import type { GuardRuleRow, GuardTuning } from '../../server/http/admin/schemas.ts'
import { formatCount, formatMoment, formatPlural, formatShare } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { guardTuningQuery } from '../queries.ts'
import type { RuleSetting } from './config-change.ts'
import { ExampleList } from './example-list.tsx'
import { doneWords } from './words.ts'

interface LastWeekProps {
  route: string
  rule: GuardRuleRow
  setting: RuleSetting
}

/** What a setting would have meant for the requests of the last week. */
export function LastWeek({ route, rule, setting }: LastWeekProps) {
  const tried = setting.name === 'threshold' ? setting.value : null
  const { data, error, refetch } = useQuery(guardTuningQuery(route, rule.name, tried))
  if (error && !data) return <Failure what="The last week" error={error} retry={() => void refetch()} />
  if (!data) return <p className="py-3 text-sm text-ink-3">Loading…</p>
  if (data.would.requests === 0)
    return <p className="py-2 text-sm text-ink-2">It looked at no request in the last week, so nothing is known yet.</p>
  return (
    <section aria-label="Last week" className="text-sm">
      <p className="mb-2 text-ink-2">
        Of {formatPlural(data.would.requests, 'request')} that it looked at since {formatMoment(data.from)}:
      </p>
      <Would tuning={data} rule={rule} setting={setting} />
    </section>
  )
}

function Would({ tuning, rule, setting }: { tuning: GuardTuning } & Omit<LastWeekProps, 'route'>) {
  const { would } = tuning
  if (setting.name === 'threshold')
    return (
      <>
        <Verdicts tuning={tuning} />
        <ExampleList rows={would.changed} title="That would end otherwise, the newest" />
      </>
    )
  const share = formatShare(would.requests_now, would.requests)
  return (
    <>
      <p>
        <strong className="font-semibold">{formatCount(would.requests_now)}</strong>{' '}
        <span className="text-ink-3">({share})</span>{' '}
        {setting.value === 'enforce'
          ? `would have been ${doneWords[rule.action]}.`
          : `were ${doneWords[rule.action]}, and would have gone on as they were.`}
      </p>
      <ExampleList rows={would.found} title="The newest of them" />
    </>
  )
}

/** How many requests a proposed threshold would have found, beside those that were. */
export function Verdicts({ tuning }: { tuning: GuardTuning }) {
  const { requests, requests_now, requests_proposed, gained, lost } = tuning.would
  return (
    <>
      <p>
        <strong className="font-semibold">{formatCount(requests_proposed)}</strong>{' '}
        <span className="text-ink-3">({formatShare(requests_proposed, requests)})</span> would have been{' '}
        {doneWords[tuning.action]}
        {tuning.mode === 'monitor' && ', if it did more than monitor'}; {formatCount(requests_now)} were
        {tuning.mode === 'monitor' && ' found'}.
      </p>
      {(gained > 0 || lost > 0) && (
        <p className="text-ink-2">
          {formatPlural(gained, 'verdict')} more, {formatCount(lost)} fewer.
        </p>
      )}
    </>
  )
}
