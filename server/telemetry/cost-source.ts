import type { Policy } from '../core/policy.ts'
import type { PriceAttempt, Provider } from '../core/ports.ts'
import { usageOf } from '../core/usage.ts'
import type { CostSource } from './target-book.ts'

/** What calls cost under a policy, which may change. */
export function costSource(
  policy: () => Policy,
  providers: ReadonlyMap<string, Provider>,
  price: PriceAttempt,
): CostSource {
  const traitsOf = (provider: string) => providers.get(policy().providers.get(provider)?.kind ?? '')?.traits
  return {
    price: ({ provider, model }, input, output) =>
      price(traitsOf(provider)?.priceId ?? null, model, usageOf({ input, output }, null)),
    gpuUsdPerHour: (provider) => policy().providers.get(provider)?.gpuUsdPerHour ?? null,
    selfHosted: (provider) => traitsOf(provider)?.selfHosted ?? false,
  }
}
