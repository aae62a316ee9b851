import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import type { Drain, RouteRow, TargetRow } from '../../server/http/admin/schemas.ts'
import { formatCount, formatPlural, formatShare } from '../format.ts'
import { ChainTarget } from './chain-target.tsx'
import { predicateWords } from './predicate-words.ts'
import { settingWords } from './setting-words.ts'

const COLUMNS = 8

interface RouteChainProps {
  route: RouteRow
  selected: boolean
  open: (route: string) => void
  drain: (drain: Drain) => void
  pending: Drain | null
}

/** One route: what it is, its targets in order, and what comes before and after them. */
export function RouteChain({ route, selected, open, drain, pending }: RouteChainProps) {
  const groups = groupsOf(route)
  return (
    <tbody data-selected={selected}>
      <tr className="chain-head" onClick={() => open(route.name)}>
        <th scope="rowgroup" colSpan={COLUMNS}>
          <span className="flex min-w-0 items-center gap-3">
            <button
              type="button"
              aria-pressed={selected}
              className="flex-none text-base font-semibold text-ink hover:underline"
              onClick={(event) => {
                event.stopPropagation()
                open(route.name)
              }}
            >
              {route.name}
            </button>
            <span className="badge flex-none">{route.strategy}</span>
            {route.settings.evaluators.length === 0 && <Unmeasured />}
            <span className="min-w-0 truncate text-xs font-normal text-ink-3" title={settingWords(route).join(' · ')}>
              {settingWords(route).join(' · ')}
            </span>
            {route.rollout && <RolloutMark rollout={route.rollout} />}
            <RouteFigures route={route} />
            <ChevronRight size={14} className="flex-none text-ink-3" aria-hidden />
          </span>
        </th>
      </tr>
      {groups.map(({ id, label, targets, ordered }) => (
        <Fragment key={id}>
          {label !== null && (
            <tr className="chain-label">
              <td colSpan={COLUMNS}>{label}</td>
            </tr>
          )}
          {targets.map((target, index) => (
            <ChainTarget
              key={`${target.provider}/${target.model} ${index}`}
              target={target}
              position={ordered ? index + 1 : null}
              drain={drain}
              pending={pending}
            />
          ))}
        </Fragment>
      ))}
      {route.settings.last_resort.length > 0 && (
        <tr className="chain-label">
          <td colSpan={COLUMNS}>
            when all have failed: {route.settings.last_resort.map((resort) => lastResorts[resort]).join(', then ')}
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** Every route is to say how its replies are judged. */
function Unmeasured() {
  return (
    <span
      className="badge badge-unknown flex-none"
      title="Its replies are scored by nothing: no trace, no alert and no comparison can tell how good they are. Give it `evaluators`."
    >
      no evaluators<span className="max-[1320px]:hidden">: quality is not measured</span>
    </span>
  )
}

const lastResorts = { stale: 'the last good reply, marked stale', static: 'a fixed text' } as const

function RolloutMark({ rollout: { target, share } }: { rollout: NonNullable<RouteRow['rollout']> }) {
  return (
    <span
      className="badge rollout-badge"
      title={`A rollout: ${formatShare(share, 1)} of the requests go to ${target} first`}
    >
      {formatShare(share, 1)} → {target}
    </span>
  )
}

function RouteFigures({ route }: { route: RouteRow }) {
  const { requests, failed } = route
  return (
    <span className="ml-auto flex-none text-xs font-normal text-ink-3" title="In the last five minutes">
      {requests === 0 ? (
        'no requests lately'
      ) : (
        <>
          <span className="text-ink-2">{formatPlural(requests, 'request')}</span>
          {failed > 0 && (
            <span className="text-error" title={`${formatShare(failed, requests)} of them`}>
              , {formatCount(failed)} failed
            </span>
          )}
        </>
      )}
    </span>
  )
}

interface Group {
  id: string
  label: string | null
  targets: readonly TargetRow[]
  /** Their order says which is tried first. */
  ordered: boolean
}

/** The targets under what leads to them: conditions first, as they are looked at first. */
function groupsOf({ when, targets, strategy }: RouteRow): Group[] {
  const ordered = strategy === 'priority'
  const conditions = when.map(({ text }, index) => ({
    id: `condition ${index}`,
    label: `${index === 0 ? 'if' : 'else if'} ${predicateWords(text)}`,
    targets: targets.filter(({ condition }) => condition === index),
    ordered,
  }))
  const own = targets.filter(({ condition, escalation }) => condition === null && !escalation)
  const escalation = targets.filter((target) => target.escalation)
  return [
    ...conditions,
    { id: 'own', label: conditions.length > 0 ? 'otherwise' : null, targets: own, ordered },
    ...(escalation.length > 0
      ? [{ id: 'escalation', label: 'when a reply fails its evaluators', targets: escalation, ordered: false }]
      : []),
  ]
}
