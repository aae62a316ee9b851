import { Check, X } from 'lucide-react'
import type { Explanation } from '../../server/http/admin/schemas.ts'
import { valueText } from './value-text.ts'

type Condition = Explanation['conditions'][number]
type Finding = Omit<Condition['findings'][number], 'tests'> & { tests?: unknown[] }

/** The conditions in the order in which they are looked at, each with its tests. The first that matches decides. */
export function ExplainedConditions({ conditions }: { conditions: readonly Condition[] }) {
  const decisive = conditions.find(({ matched }) => matched)
  return (
    <section aria-label="Conditions" className="border-b border-line px-5 py-3">
      <h3 className="label pb-1">Conditions, the first that matches decides</h3>
      <ol className="grid gap-2 text-sm">
        {conditions.map((condition) => (
          <li key={condition.index}>
            <p className="flex items-baseline gap-2">
              <Outcome passed={condition.matched} words={['matches', 'does not match']} />
              <span className="min-w-0 break-words text-ink-2">→ {condition.targets.join(', ')}</span>
              {condition.matched && condition !== decisive && (
                <span className="text-xs text-ink-3">an earlier one decided</span>
              )}
            </p>
            <ul className="mt-0.5 ml-4.5">
              {condition.findings.map((finding, index) => (
                <FindingItem key={index} finding={finding} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

function FindingItem({ finding }: { finding: Finding }) {
  const { fact, operator, operand, value, passed, tests } = finding
  return (
    <li>
      <span className="flex items-baseline gap-2">
        <Outcome passed={passed} />
        <code className="min-w-0 font-mono text-xs break-words">
          {fact}
          {tests === undefined && ` ${operator} ${valueText(operand)}`}
        </code>
        {tests === undefined && (
          <span className="flex-none text-xs text-ink-3">
            here {value === undefined || value === null ? 'nothing' : valueText(value)}
          </span>
        )}
      </span>
      {tests && (
        <ul className="ml-4.5">
          {(tests as Finding[]).map((test, index) => (
            <FindingItem key={index} finding={test} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Outcome({ passed, words }: { passed: boolean; words?: readonly [yes: string, no: string] }) {
  const Icon = passed ? Check : X
  return (
    <span className={`inline-flex flex-none items-baseline gap-1 ${passed ? 'text-ok' : 'text-ink-3'}`}>
      <Icon size={12} strokeWidth={2.75} className="self-center" aria-hidden />
      {words ? words[passed ? 0 : 1] : <span className="sr-only">{passed ? 'holds' : 'does not hold'}</span>}
    </span>
  )
}
