import { useMutation } from '@tanstack/react-query'
import type { GuardTest, GuardTestResult } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { readLabelsAgain } from '../queries.ts'
import { TestResult } from './test-result.tsx'

/** What came of it, and what a person says of it. */
export function TestOutcome({ asked, result }: { asked: GuardTest; result: GuardTestResult }) {
  const label = useMutation({
    mutationFn: (word: 'missed' | 'benign') => {
      const { options: _, ...same } = asked
      return api.labelGuardrails({ ...same, label: word })
    },
    onSuccess: readLabelsAgain,
  })
  const looked = result.data.filter((row) => row.looked)
  // With options of its own a kind scores otherwise than the rules that are tuned.
  const canLabel = asked.options === undefined && looked.some(({ verdict }) => verdict !== 'error')
  return (
    <>
      {result.data.length === 0 && (
        <p role="status" className="px-5 py-4 text-sm text-ink-2">
          No guardrail of this route looks at texts like this one: choose another origin, or a rule by its name.
        </p>
      )}
      <ul aria-label="What the guardrails say">
        {result.data.map((row) => (
          <TestResult key={row.guardrail} row={row} text={asked.text} />
        ))}
      </ul>
      {canLabel && (
        <section aria-label="Labelled set" className="px-5 pt-4 text-sm">
          <p className="mb-2 max-w-180 text-ink-2">
            Add it to the labelled set, with which thresholds are tuned. Of the text an excerpt of at most 300
            characters is kept, without secrets and personal data.
          </p>
          <div className="flex flex-wrap items-center gap-2">
            <button type="button" className="button" disabled={label.isPending} onClick={() => label.mutate('missed')}>
              It should be found
            </button>
            <button type="button" className="button" disabled={label.isPending} onClick={() => label.mutate('benign')}>
              It is harmless
            </button>
            <span role="status" className="text-ok empty:hidden">
              {label.data && `Noted as ${label.variables} for ${looked.map(({ guardrail }) => guardrail).join(', ')}.`}
            </span>
          </div>
          {label.error && (
            <p role="alert" className="note note-error mt-3">
              {label.error.message}
            </p>
          )}
        </section>
      )}
    </>
  )
}
