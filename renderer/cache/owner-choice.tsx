import { useQuery } from '@tanstack/react-query'
import { NameChoice } from '../parts/name-choice.tsx'
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
  const names = (of: 'route' | 'tenant') =>
    [...(summary?.owners ?? []), ...(summary?.[`${of}s`] ?? [])].flatMap(
      (each) => (each as Record<typeof of, string | null>)[of] ?? [],
    )
  return (
    <>
      <NameChoice
        name="Route"
        all="All routes"
        of={names('route')}
        chosen={route}
        choose={(next) => change({ route: next })}
      />
      <NameChoice
        name="Tenant"
        all="All tenants"
        of={names('tenant')}
        chosen={tenant}
        choose={(next) => change({ tenant: next })}
      />
    </>
  )
}
