import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { NameChoice } from '../parts/name-choice.tsx'
import { toneOf } from './answer-mark.tsx'
import { outcomes, type PairOutcome, useCompareAddress } from './page-address.ts'
import type { ChangeKind } from './shapes.ts'
import { useOnlyDifferent } from './use-only-different.ts'
import { changeKinds, changeTitles, changeTones } from './words.ts'

const outcomeWords: Record<PairOutcome, string> = {
  paired: 'Both answered',
  error: 'Candidate failed',
  skipped: 'Skipped',
}

interface PairFilterBarProps {
  experiment: ExperimentDetail
  blind: boolean
  setBlind: (blind: boolean) => void
}

/** Which pairs are listed, and whether names are hidden. */
export function PairFilterBar({ experiment, blind, setBlind }: PairFilterBarProps) {
  const { changes, outcome, cohort, change } = useCompareAddress()
  const onlyDifferent = useOnlyDifferent()
  const cohorts = Object.entries(experiment.cohorts).flatMap(([key, values]) =>
    values.map((value) => `${key}=${value}`),
  )
  const flip = (kind: ChangeKind) => {
    const next = changeKinds.filter((each) => changes.includes(each) !== (each === kind))
    change({ change: next.join() || null })
  }
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2.5 text-sm">
      <fieldset className="flex gap-1" aria-label="Kinds of change">
        {changeKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="change-choice"
            style={toneOf(changeTones[kind])}
            aria-pressed={changes.includes(kind)}
            title={changeTitles[kind]}
            onClick={() => flip(kind)}
          >
            {kind}
          </button>
        ))}
      </fieldset>
      <label className="flex items-center gap-1.5">
        <input type="checkbox" checked={onlyDifferent.on} onChange={onlyDifferent.toggle} />
        Only different <kbd className="key">O</kbd>
      </label>
      <select
        className="field"
        aria-label="Outcome"
        value={outcome ?? ''}
        onChange={(event) => change({ outcome: event.target.value || null })}
      >
        <option value="">Any outcome</option>
        {outcomes.map((each) => (
          <option key={each} value={each}>
            {outcomeWords[each]}
          </option>
        ))}
      </select>
      {cohorts.length > 0 && (
        <NameChoice
          name="Cohort"
          all="All cohorts"
          of={cohorts}
          chosen={cohort}
          choose={(next) => change({ cohort: next })}
        />
      )}
      <label
        className="ml-auto flex items-center gap-1.5"
        title="Names, times and scores are hidden until a pair is revealed"
      >
        <input type="checkbox" checked={blind} onChange={(event) => setBlind(event.target.checked)} />
        Blind <kbd className="key">B</kbd>
      </label>
    </div>
  )
}
