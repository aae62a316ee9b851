/** Which models can be chosen. */
import type { ModelRow, ProviderRow, RouteRow } from '../../server/http/admin/schemas.ts'

export interface Suggestion {
  /** `provider/model`. */
  target: string
  model: string
  /** Its server has it in memory; `null` where that is not told. */
  loaded: boolean | null
  /** A route of the config has it. */
  routed: boolean
}

export interface SuggestionGroup {
  provider: string
  items: readonly Suggestion[]
}

/** Models that the built-in provider makes up, and that show a difference. */
const SANDBOX_MODELS = ['echo', 'lorem', 'slow', 'right-90', 'fail-500']

/** Models by provider, local ones first: those that routes have, then those that the provider lists. */
export function suggestionsOf(
  providers: readonly ProviderRow[],
  routes: readonly RouteRow[],
  /** By provider, as far as they were asked for. */
  listed: Readonly<Record<string, readonly ModelRow[]>>,
): SuggestionGroup[] {
  const groups = byNearness(providers).map(({ id, synthetic }) => {
    const routed = routedTargets(routes).filter(({ provider }) => provider === id)
    const models = [
      ...routed.map(({ model }) => model),
      ...(listed[id] ?? []).map((model) => model.id),
      ...(synthetic ? SANDBOX_MODELS : []),
    ]
    const items = [...new Set(models)].map((model) => ({
      target: `${id}/${model}`,
      model,
      loaded: listed[id]?.find((each) => each.id === model)?.loaded ?? null,
      routed: routed.some((each) => each.model === model),
    }))
    return { provider: id, items }
  })
  return groups.filter(({ items }) => items.length > 0)
}

/** What a bench begins with: two targets that routes have, of providers that can be called, local ones first. */
export function firstTargets(providers: readonly ProviderRow[], routes: readonly RouteRow[]): string[] {
  const callable = byNearness(providers).filter(({ status }) => status !== 'unconfigured')
  const targets = callable.flatMap(({ id }) => routedTargets(routes).filter(({ provider }) => provider === id))
  const names = [...new Set(targets.map(({ provider, model }) => `${provider}/${model}`)), '', '']
  return names.slice(0, 2)
}

function routedTargets(routes: readonly RouteRow[]): { provider: string; model: string }[] {
  return routes.flatMap(({ targets }) => targets)
}

/** A bench is mostly about what runs here; what is made up comes last. */
function byNearness(providers: readonly ProviderRow[]): ProviderRow[] {
  const distance = ({ synthetic, residency }: ProviderRow) => (synthetic ? 2 : residency === 'local' ? 0 : 1)
  return providers.toSorted((one, other) => distance(one) - distance(other))
}
