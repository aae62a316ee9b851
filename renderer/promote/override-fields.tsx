import { useId } from 'react'
import { formatPlural } from '../format.ts'
import { missingCharacters, type Override } from './override.ts'

interface OverrideFieldsProps {
  candidate: string
  override: Override
  change: (override: Override) => void
}

/** Going on without a verdict that allows it. */
export function OverrideFields({ candidate, override, change }: OverrideFieldsProps) {
  const id = useId()
  const missing = missingCharacters(override)
  return (
    <fieldset className="override" aria-label="Override">
      <p className="mb-2 text-sm">
        <strong className="font-medium text-error">The verdict does not allow it.</strong> Whoever goes on overrides it,
        by name.
      </p>
      <label htmlFor={`${id}-name`} className="mb-1 block text-sm">
        Type <code className="font-mono font-medium">{candidate}</code>
      </label>
      <input
        id={`${id}-name`}
        className="field mb-2.5 w-full font-mono"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={override.candidate !== '' && !candidate.startsWith(override.candidate)}
        value={override.candidate}
        onChange={({ target }) => change({ ...override, candidate: target.value })}
      />
      <label htmlFor={`${id}-reason`} className="mb-1 flex justify-between text-sm">
        Why, for the audit trail
        <span className="text-xs text-ink-3">{missing > 0 && `${formatPlural(missing, 'more character')}`}</span>
      </label>
      <textarea
        id={`${id}-reason`}
        className="field h-14 w-full resize-y py-1.5 leading-normal"
        maxLength={1000}
        value={override.reason}
        onChange={({ target }) => change({ ...override, reason: target.value })}
      />
    </fieldset>
  )
}
