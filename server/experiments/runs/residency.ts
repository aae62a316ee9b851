import type { DatasetItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import { type Policy, splitTarget, type Target, targetName } from '../../core/policy.ts'
import { mayReside } from '../../core/residency.ts'
import { targetsOf } from '../open-evaluation.ts'
import { routeOf } from './arm-call.ts'

/** Where the requests of a run may go. */
export class ResidencyCheck {
  readonly #running: Policy
  readonly #extra: ReadonlySet<string>
  readonly #allowed = new Map<string, ReadonlySet<string | null>>()

  /** `running`: the config whose routes the requests were for; `extra`: residencies that somebody allowed. */
  constructor(running: Policy, extra: readonly string[]) {
    this.#running = running
    this.#extra = new Set(extra)
  }

  /** Throws `invalid_request` where one of the targets, of a config's providers, lies elsewhere. */
  check(item: DatasetItem, targets: readonly Target[], { providers }: Pick<Policy, 'providers'>, param: string): void {
    if (isUnbound(item)) return
    const route = routeOf(item)
    const allowed = this.#allowedFor(route ?? '')
    for (const target of targets) {
      const residency = providers.get(target.provider)?.residency ?? null
      if (mayReside(residency, allowed) || (residency !== null && this.#extra.has(residency))) continue
      throw new GatewayError('invalid_request', messageOf(target, residency, { route, allowed }), {
        param,
        hint: 'What a route keeps in one place does not leave it for a run; `allow_residency` says that it may.',
      })
    }
  }

  /** Residencies of everything that a route of the running config may call; none where there is no such route. */
  #allowedFor(route: string): ReadonlySet<string | null> {
    const known = this.#allowed.get(route)
    if (known) return known
    const { routes, providers } = this.#running
    const direct = routes.has(route) ? null : splitTarget(route)
    const names = direct ? [direct.provider] : targetsOf(this.#running, route).map(({ provider }) => provider)
    const allowed = new Set(names.filter((name) => providers.has(name)).map((name) => providers.get(name)!.residency))
    this.#allowed.set(route, allowed)
    return allowed
  }
}

/** A request of a file, which names no route: nothing binds it. */
export function isUnbound(item: DatasetItem): boolean {
  return item.requestId === null && routeOf(item) === null
}

function messageOf(
  target: Target,
  residency: string | null,
  { route, allowed }: { route: string | null; allowed: ReadonlySet<string | null> },
): string {
  const place = residency === null ? 'its residency is not known' : `it is in ${residency}`
  const own =
    allowed.size === 0
      ? `the route ${route ?? '-'} that they were for is not in the running config`
      : `the targets of the route ${route} are in ${[...allowed].join(', ')}`
  return `Requests of this run may not go to ${targetName(target)}: ${place}, ${own}.`
}
