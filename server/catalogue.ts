import type { Catalogue } from './config/catalogue.ts'
import { evaluators } from './evaluators/index.ts'
import { guardrails } from './guardrails/index.ts'
import { providers } from './providers/index.ts'
import { strategies } from './strategies/index.ts'

/** What the rooms offer to the config file. */
export const catalogue: Catalogue = {
  providerKinds: new Map(
    [...providers].map(([kind, { traits, dialects, alsoSpeaks }]) => [
      kind,
      {
        ...traits,
        needsBaseUrl: traits.baseUrl === null && !traits.synthetic,
        dialects: [...dialects, ...(alsoSpeaks ?? [])],
      },
    ]),
  ),
  strategies: [...strategies.keys()],
  evaluators,
  guardrails,
}
