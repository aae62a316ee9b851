import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GuardTuning } from '../../server/http/admin/schemas.ts'
import { formatCount, formatMoment } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { ThresholdAxis, ThresholdSlider } from '../parts/threshold-slider.tsx'
import { toStep } from '../parts/threshold-step.ts'
import { useSettled } from '../parts/use-settled.ts'
import { guardrailsQuery, guardTuningQuery } from '../queries.ts'
import { ExampleList } from './example-list.tsx'
import { NoGuardrails } from './no-guardrails.tsx'
import { useGuardAddress } from './page-address.ts'
import { RocPlot } from './roc-plot.tsx'
import { type RouteRule, rulesOf } from './rule-words.ts'
import { ScorePlot } from './score-plot.tsx'
import { TuneVerdict } from './tune-verdict.tsx'
import { formatScore } from './words.ts'

/** Another threshold of one rule, tried on labels and on what was recorded. */
export function Tuner() {
  const { route, guardrail, change } = useGuardAddress()
  const config = useQuery(guardrailsQuery)
  if (config.error && !config.data)
    return <Failure what="The guardrails" error={config.error} retry={() => void config.refetch()} />
  if (!config.data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  const rules = rulesOf(config.data.routes)
  const chosen =
    rules.find((each) => each.route === route && each.rule.name === guardrail) ??
    rules.find((each) => each.route === route) ??
    rules.find((each) => each.rule.name === guardrail) ??
    rules[0]
  if (!chosen) return <NoGuardrails />
  return (
    <div className="pb-8">
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <label htmlFor="guard-rule" className="text-ink-2">
          Route and guardrail
        </label>
        <select
          id="guard-rule"
          className="field max-w-full"
          value={rules.indexOf(chosen)}
          onChange={(event) => {
            const next = rules[Number(event.target.value)]!
            change({ route: next.route, guardrail: next.rule.name })
          }}
        >
          {rules.map((each, index) => (
            <option key={`${each.route} ${each.rule.name}`} value={index}>
              {each.route} · {each.rule.name}
            </option>
          ))}
        </select>
      </div>
      <RuleTuner key={`${chosen.route}\0${chosen.rule.name}`} {...chosen} />
    </div>
  )
}

function RuleTuner({ route, rule }: RouteRule) {
  const [tried, setTried] = useState<number | null>(null)
  const asked = useSettled(tried)
  const { data, error, refetch } = useQuery({
    ...guardTuningQuery(route, rule.name, asked),
    placeholderData: keepPreviousData,
  })
  if (error && !data) return <Failure what="The scores" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  const threshold = tried ?? data.threshold
  return (
    <div className="tuner">
      <div className="min-w-0">
        <Scores
          tuning={data}
          threshold={threshold}
          set={(value) => setTried(Math.min(1, Math.max(0, toStep(value))))}
        />
        <Labels tuning={data} />
        <div className="px-5">
          <ExampleList
            rows={tried === null ? data.would.found : data.would.changed}
            title={tried === null ? 'The newest that it found' : 'That would end otherwise, the newest'}
          />
        </div>
      </div>
      <TuneVerdict route={route} rule={rule} tuning={data} threshold={threshold} reset={() => setTried(null)} />
    </div>
  )
}

interface ScoresProps {
  tuning: GuardTuning
  threshold: number
  set: (threshold: number) => void
}

function Scores({ tuning, threshold, set }: ScoresProps) {
  return (
    <>
      <SectionHead title="Recorded scores">
        <span className="text-xs text-ink-3">
          {formatCount(tuning.inspections)} since {formatMoment(tuning.from)}
        </span>
      </SectionHead>
      <div className="px-5">
        <ScorePlot tuning={tuning} threshold={threshold} set={set} />
        <ThresholdSlider
          start={0}
          threshold={threshold}
          set={set}
          meaning={`the rule’s is ${formatScore(tuning.threshold)}`}
        />
        <ThresholdAxis start={0} />
      </div>
    </>
  )
}

function Labels({ tuning }: { tuning: GuardTuning }) {
  const { labels, auc } = tuning
  return (
    <>
      <SectionHead title="By the labelled set">
        <span className="text-xs text-ink-3">
          {formatCount(labels.harmful)} to be found, {formatCount(labels.harmless)} harmless
          {auc !== null && ` · AUC ${auc.toFixed(3)}`}
        </span>
      </SectionHead>
      <div className="px-5 pb-3">
        {auc === null ? (
          <p className="max-w-150 text-sm text-ink-2">
            A curve needs texts of both sorts. Judge verdicts in the list, or try a text and say whether it should be
            found: each goes into the labelled set.
          </p>
        ) : (
          <RocPlot tuning={tuning} />
        )}
      </div>
    </>
  )
}
