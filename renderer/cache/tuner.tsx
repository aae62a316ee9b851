import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CacheScopeQuality, MeasuredQuality, TunedLookUp } from '../../server/http/admin/schemas.ts'
import { formatCount, formatPlural } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { ThresholdAxis, ThresholdSlider } from '../parts/threshold-slider.tsx'
import { toStep } from '../parts/threshold-step.ts'
import { cacheQualityQuery } from '../queries.ts'
import { CurvePlot } from './curve-plot.tsx'
import { FlipList } from './flip-list.tsx'
import { axisStart } from './histogram.ts'
import { MeasuredSection } from './measured-section.tsx'
import { NoCache } from './no-cache.tsx'
import { useCacheAddress } from './page-address.ts'
import { ScopeChoice, ScopeFacts } from './scope-facts.tsx'
import { SimilarityPlot } from './similarity-plot.tsx'
import { ThresholdVerdict } from './threshold-verdict.tsx'
import { flipsOf } from './tune.ts'
import { formatRate, formatSimilarity } from './words.ts'

/** Another threshold, tried on what was recorded. */
export function Tuner() {
  const { route, tenant, change } = useCacheAddress()
  const all = useQuery(cacheQualityQuery(null, null))
  const scopes = all.data?.data ?? []
  const scope =
    scopes.find((each) => each.route === route && each.tenant === tenant) ??
    scopes.find((each) => each.route === route) ??
    scopes[0]
  if (all.error && !all.data)
    return <Failure what="The thresholds" error={all.error} retry={() => void all.refetch()} />
  if (!all.data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  if (!scope) return <NoCache kind="semantic" />
  return (
    <div className="pb-8">
      <ScopeChoice
        scopes={scopes}
        chosen={scope}
        choose={(next) => change({ route: next.route, tenant: next.tenant })}
      />
      <ScopeTuner key={`${scope.route}\0${scope.tenant}`} route={scope.route} tenant={scope.tenant} />
    </div>
  )
}

function ScopeTuner({ route, tenant }: { route: string; tenant: string | null }) {
  const quality = useQuery({ ...cacheQualityQuery(route, tenant), placeholderData: keepPreviousData })
  const scope = quality.data?.data[0]
  if (quality.error && !scope)
    return <Failure what="The look-ups" error={quality.error} retry={() => void quality.refetch()} />
  if (!quality.data || !scope) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  return (
    <>
      <ScopeFacts scope={scope} />
      {quality.data.look_ups.length === 0 ? (
        <Unasked scope={scope} measured={quality.data.measured} />
      ) : (
        <Bench scope={scope} lookUps={quality.data.look_ups} measured={quality.data.measured} />
      )}
    </>
  )
}

/** The threshold that is tried: the route's until another one is set, between `start` and 1 in steps. */
function useTried(base: number, start: number) {
  const [tried, setTried] = useState<number | null>(null)
  return {
    threshold: tried ?? toStep(base),
    set: (value: number) => setTried(Math.min(1, Math.max(start, toStep(value)))),
    reset: () => setTried(null),
  }
}

/** What can be said before there are look-ups. */
function Unasked({ scope, measured }: { scope: CacheScopeQuality; measured: MeasuredQuality | null }) {
  const start = axisStart([], [scope.base_threshold])
  const { threshold, set } = useTried(scope.base_threshold, start)
  return (
    <>
      <p className="max-w-150 px-5 py-5 text-sm text-ink-2">
        No question had a neighbour yet. Once questions come that are like ones before, each look-up is recorded, and a
        threshold can be tried on them here.
      </p>
      <MeasuredSection measured={measured} scope={scope} start={start} threshold={threshold}>
        <ThresholdSlider
          start={start}
          threshold={threshold}
          set={set}
          meaning={`the route’s is ${formatSimilarity(scope.base_threshold)}`}
        />
      </MeasuredSection>
    </>
  )
}

interface BenchProps {
  scope: CacheScopeQuality
  lookUps: readonly TunedLookUp[]
  measured: MeasuredQuality | null
}

/** The plots over one axis, with one threshold through all of them. */
function Bench({ scope, lookUps, measured }: BenchProps) {
  const start = axisStart(lookUps, [scope.base_threshold])
  const { threshold, set, reset } = useTried(scope.base_threshold, start)
  const flips = flipsOf(lookUps, scope.base_threshold, threshold)
  return (
    <>
      <div className="tuner">
        <div className="min-w-0">
          <SectionHead title="Recorded look-ups by similarity">
            <span className="text-xs text-ink-3">the newest {formatCount(lookUps.length)}</span>
          </SectionHead>
          <div className="px-5">
            <SimilarityPlot lookUps={lookUps} scope={scope} start={start} threshold={threshold} set={set} />
            <ThresholdSlider
              start={start}
              threshold={threshold}
              set={set}
              meaning={`${formatPlural(flips.gained.length, 'look-up')} more, ${flips.lost.length} fewer`}
            />
            <ThresholdAxis start={start} />
          </div>
          <SectionHead title="Wrong hits, by threshold">
            <span className="flex flex-wrap justify-end gap-x-4 text-xs text-ink-2">
              <span className="flex items-center gap-1.5">
                <span className="curve-key" data-kind="line" /> by the checks alone
              </span>
              <span className="flex items-center gap-1.5">
                <span className="curve-key" data-kind="area" /> 95 of 100 cases
              </span>
              <span className="flex items-center gap-1.5">
                <span className="curve-key" data-kind="limit" /> bearable, {formatRate(scope.max_error)}
              </span>
            </span>
          </SectionHead>
          <div className="px-5">
            <CurvePlot scope={scope} start={start} threshold={threshold} />
            <ThresholdAxis start={start} />
          </div>
          <MeasuredSection measured={measured} scope={scope} start={start} threshold={threshold} />
        </div>
        <ThresholdVerdict
          scope={scope}
          threshold={threshold}
          flips={flips}
          changed={threshold !== toStep(scope.base_threshold)}
          reset={reset}
        />
      </div>
      <FlipList flips={flips} />
    </>
  )
}
