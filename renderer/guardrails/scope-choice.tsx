import { useQuery } from '@tanstack/react-query'
import { NameChoice } from '../parts/name-choice.tsx'
import { guardrailStatsQuery, guardrailsQuery } from '../queries.ts'
import type { GuardAddress } from './page-address.ts'
import { guardedOf } from './rule-words.ts'

/** Any window does: it is only asked for names. */
const WINDOW_MS = 7 * 86_400_000
const ALL = { route: null, tenant: null, guardrail: null }

interface Scope extends Pick<GuardAddress, 'route' | 'tenant' | 'guardrail' | 'change'> {
  /** What does not matter to the view. */
  without?: 'tenant'
}

/** Narrows a view to a route, a tenant, a guardrail, of those that there are or were. */
export function ScopeChoice({ route, tenant, guardrail, change, without }: Scope) {
  const stats = useQuery(guardrailStatsQuery(WINDOW_MS, 1, ALL, 60_000)).data
  const config = useQuery(guardrailsQuery).data
  const guarded = guardedOf(config?.routes ?? [])
  const rules = guarded.filter((each) => route === null || each.route === route).flatMap((each) => each.rules)
  return (
    <>
      <NameChoice
        name="Route"
        all="All routes"
        of={[...guarded, ...(stats?.routes ?? [])].map((each) => each.route)}
        chosen={route}
        choose={(next) => change({ route: next })}
      />
      {without !== 'tenant' && (
        <NameChoice
          name="Tenant"
          all="All tenants"
          of={(stats?.tenants ?? []).flatMap((each) => each.tenant ?? [])}
          chosen={tenant}
          choose={(next) => change({ tenant: next })}
        />
      )}
      <NameChoice
        name="Guardrail"
        all="All guardrails"
        of={[...rules.map((each) => each.name), ...(stats?.guardrails ?? []).map((each) => each.guardrail)]}
        chosen={guardrail}
        choose={(next) => change({ guardrail: next })}
      />
    </>
  )
}
