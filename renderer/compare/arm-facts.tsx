import { useQuery } from '@tanstack/react-query'
import { FactRow } from '../parts/fact.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import { requestQuery } from '../queries.ts'
import { formatValue } from './metric-words.ts'
import type { Arm } from './shapes.ts'

/** What is told of a side beside its text, in the order of the screen. */
const figures: readonly { measure: string; name: string; shape: 'bounded' | 'ratio-p50' }[] = [
  { measure: 'ttft', name: 'First token', shape: 'ratio-p50' },
  { measure: 'latency', name: 'Latency', shape: 'ratio-p50' },
  { measure: 'tokens', name: 'Output tokens', shape: 'ratio-p50' },
  { measure: 'cost', name: 'Cost', shape: 'ratio-p50' },
  { measure: 'preference', name: 'Judge prefers it', shape: 'bounded' },
]
const SCORE = 'score:'

interface ArmFactsProps {
  arm: Arm | null
  /** What is told of either side: both columns have the same rows. */
  measures: ReadonlySet<string>
}

/** What is known of either of two sides. */
export function measuresOf(arms: readonly (Arm | null)[]): Set<string> {
  const known = arms.flatMap((arm) => Object.entries(arm?.measures ?? {}))
  return new Set(known.flatMap(([measure, value]) => (value === null ? [] : [measure])))
}

/** How one side did. It would tell who it is, so it is shown with the names. */
export function ArmFacts({ arm, measures }: ArmFactsProps) {
  const scores = [...measures].filter((measure) => measure.startsWith(SCORE))
  return (
    <dl className="arm-facts">
      <FactRow name="Outcome">
        <Outcome arm={arm} /> {arm?.requestId && <RequestLink id={arm.requestId} label="its request" />}
      </FactRow>
      {figures
        .filter(({ measure }) => measures.has(measure))
        .map(({ measure, name, shape }) => (
          <FactRow key={measure} name={name}>
            {formatValue({ id: measure, shape }, arm?.measures[measure] ?? null)}
          </FactRow>
        ))}
      {scores.map((measure) => (
        <FactRow key={measure} name={measure.slice(SCORE.length)}>
          <Score arm={arm} measure={measure} />
        </FactRow>
      ))}
    </dl>
  )
}

/** Whether it answered, and what is out of the ordinary of that. */
function Outcome({ arm }: { arm: Arm | null }) {
  if (arm === null) return '—'
  if (arm.error !== null || arm.outcome !== 'ok') return <span className="text-error">{arm.error ?? arm.outcome}</span>
  const { schema, refusal } = arm.measures
  const marks = [...(schema === 0 ? ['not valid under the schema'] : []), ...(refusal === 1 ? ['a refusal'] : [])]
  return marks.length === 0 ? 'ok' : <span className="text-fallback">{marks.join(', ')}</span>
}

/** A score with the reason that stands with the recorded request. */
function Score({ arm, measure }: { arm: Arm | null; measure: string }) {
  const id = arm?.requestId ?? ''
  const { data } = useQuery({ ...requestQuery(id), enabled: id !== '', retry: false })
  const value = arm?.measures[measure]
  if (typeof value !== 'number') return '—'
  const told = data?.scores.find(({ evaluator }) => evaluator === measure.slice(SCORE.length))
  return (
    <>
      <span className="font-medium">{value.toFixed(2)}</span>{' '}
      {told && <span className={told.passed ? 'text-ink-2' : 'text-error'}>{told.reason}</span>}
    </>
  )
}
