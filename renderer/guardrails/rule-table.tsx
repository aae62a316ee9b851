import { useState } from 'react'
import type { Guardrails } from '../../server/http/admin/schemas.ts'
import { formatShare } from '../format.ts'
import { Mark } from '../parts/outcome.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { useIsViewer } from '../role.ts'
import { ApplyDialog } from './apply-dialog.tsx'
import { useGuardAddress } from './page-address.ts'
import { isShared, type RouteRule, rulesOf, stageWords } from './rule-words.ts'
import { formatScore } from './words.ts'

/** The rules of each route as they run, and the switch between watching and acting. */
export function RuleTable({ routes }: { routes: Guardrails['routes'] }) {
  const { route: only, guardrail, change } = useGuardAddress()
  const [switching, setSwitching] = useState<RouteRule | null>(null)
  const shown = rulesOf(routes).filter(
    ({ route, rule }) => (only === null || route === only) && (guardrail === null || rule.name === guardrail),
  )
  if (shown.length === 0) return null
  return (
    <section aria-label="Rules" className="min-w-0 pb-2">
      <SectionHead title="Rules">
        <span className="text-xs text-ink-3">as they run now</span>
      </SectionHead>
      <div className="overflow-x-auto">
        <table className="route-table provider-table rule-table">
          <thead>
            <tr>
              <th scope="col">Guardrail</th>
              <th scope="col">Route</th>
              <th scope="col" className="rule-wide">
                Looks at
              </th>
              <th scope="col">Does</th>
              <th scope="col" className="number">
                Threshold
              </th>
              <th scope="col" className="number rule-wide">
                Sample
              </th>
              <th scope="col">Mode</th>
              <th scope="col">
                <span className="sr-only">Tune</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ route, rule }) => (
              <tr key={`${route} ${rule.name}`}>
                <td>
                  {rule.name} {rule.kind !== rule.name && <span className="font-normal text-ink-3">{rule.kind}</span>}{' '}
                  {rule.problem !== null && (
                    <Mark tone="error" title={rule.problem}>
                      cannot tell
                    </Mark>
                  )}
                </td>
                <td>
                  {route}
                  {isShared(rule) && <span className="text-ink-3"> · of all routes</span>}
                </td>
                <td className="rule-wide text-ink-2">{stageWords[rule.stage]}</td>
                <td className="text-ink-2">
                  {rule.action}
                  {rule.on_error === 'pass' && <span className="text-ink-3"> · passes when it fails</span>}
                </td>
                <td className="number">
                  {formatScore(rule.effective_threshold)}{' '}
                  <span className="text-ink-3">{rule.threshold === null ? 'its own' : 'set'}</span>
                </td>
                <td className="number rule-wide">{formatShare(rule.sample, 1)}</td>
                <td>
                  <ModeSwitch route={route} rule={rule} flip={() => setSwitching({ route, rule })} />
                </td>
                <td className="number">
                  <button
                    type="button"
                    className="text-ink-2 underline hover:text-ink"
                    onClick={() => change({ tab: 'tune', route, guardrail: rule.name })}
                  >
                    Tune
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {switching && (
        <ApplyDialog
          {...switching}
          setting={{ name: 'mode', value: switching.rule.mode === 'monitor' ? 'enforce' : 'monitor' }}
          close={() => setSwitching(null)}
        />
      )}
    </section>
  )
}

function ModeSwitch({ route, rule, flip }: RouteRule & { flip: () => void }) {
  const isViewer = useIsViewer()
  const enforces = rule.mode === 'enforce'
  return (
    <span className="flex items-center gap-2">
      <button
        type="button"
        role="switch"
        aria-checked={enforces}
        aria-label={`${rule.name} on ${route} acts on what it finds`}
        className="switch"
        disabled={isViewer}
        title={isViewer ? 'Viewers change nothing' : undefined}
        onClick={flip}
      />
      <span className={enforces ? '' : 'text-fallback'}>{rule.mode}</span>
    </span>
  )
}
