import { useId } from 'react'
import type { Criterion } from './shapes.ts'

interface CriterionChoiceProps {
  criterion: Criterion
  chosen: string | null
  /** It has to be answered. */
  missing: boolean
  choose: (label: string) => void
}

/** One question of the rubric with its answers, from the best to the worst. */
export function CriterionChoice({ criterion, chosen, missing, choose }: CriterionChoiceProps) {
  const { name, labels, description, required } = criterion
  // The same question of the item before is one group with it for the moment that both are there.
  const group = useId()
  return (
    <fieldset className="criterion" data-missing={missing}>
      <legend className="criterion-name" title={description ?? undefined}>
        {name}
        {!required && <span className="text-ink-3"> (if you can tell)</span>}
      </legend>
      {labels.map((label, index) => (
        <label key={label} className="criterion-label">
          <input
            type="radio"
            className="sr-only"
            name={group}
            checked={chosen === label}
            // Chromium would stop at several of a group in which nothing is chosen yet.
            tabIndex={label === (chosen ?? labels[0]) ? 0 : -1}
            onChange={() => choose(label)}
          />
          <kbd className="key">{index + 1}</kbd>
          {label}
        </label>
      ))}
      {description !== null && <span className="text-xs text-ink-3">{description}</span>}
    </fieldset>
  )
}
