import { useQuery } from '@tanstack/react-query'
import { cacheSummaryQuery } from '../queries.ts'

interface OwnerChoiceProps {
  route: string | null
  tenant: string | null
  change: (changes: { route?: string | null; tenant?: string | null }) => void
}

/** Any window does: whose replies are kept does not depend on it. */
const WINDOW_MS = 86_400_000

/** Narrows a list to a route, a tenant or both, of those that have kept replies or look-ups. */
export function OwnerChoice({ route, tenant, change }: OwnerChoiceProps) {
  const summary = useQuery(cacheSummaryQuery(WINDOW_MS, 30_000)).data
  const names = (known: readonly (string | null)[], chosen: string | null) =>
    [...new Set([...known, chosen])].filter((name) => name !== null).sort()
  const routes = names(
    [...(summary?.owners ?? []), ...(summary?.routes ?? [])].map((each) => each.route),
    route,
  )
  const tenants = names(
    [...(summary?.owners ?? []), ...(summary?.tenants ?? [])].map((each) => each.tenant),
    tenant,
  )
  return (
    <>
      <Choice name="Route" all="All routes" of={routes} chosen={route} choose={(next) => change({ route: next })} />
      <Choice
        name="Tenant"
        all="All tenants"
        of={tenants}
        chosen={tenant}
        choose={(next) => change({ tenant: next })}
      />
    </>
  )
}

interface ChoiceProps {
  name: string
  all: string
  of: readonly string[]
  chosen: string | null
  choose: (name: string | null) => void
}

function Choice({ name, all, of, chosen, choose }: ChoiceProps) {
  return (
    <select
      className="field max-w-48"
      aria-label={name}
      value={chosen === null ? '' : `=${chosen}`}
      onChange={({ target: { value } }) => choose(value === '' ? null : value.slice(1))}
    >
      <option value="">{all}</option>
      {of.map((each) => (
        <option key={each} value={`=${each}`}>
          {each}
        </option>
      ))}
    </select>
  )
}
