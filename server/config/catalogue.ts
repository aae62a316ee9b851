import type { EvaluatorKind } from '../core/evaluation.ts'
import type { GuardrailKind } from '../core/guardrail.ts'
import type { ProviderOption } from '../core/ports.ts'

/** What the other rooms offer to the config file: the app fills it from their indexes. */
export interface Catalogue {
  providerKinds: ReadonlyMap<string, ProviderKind>
  strategies: readonly string[]
  evaluators: ReadonlyMap<string, EvaluatorKind>
  guardrails: ReadonlyMap<string, GuardrailKind>
}

export interface ProviderKind {
  baseUrl: string | null
  /** It opens no socket. */
  synthetic: boolean
  needsKey: boolean
  needsBaseUrl: boolean
  /** Wire formats that it can be told to use. */
  dialects: readonly string[]
  options: Readonly<Record<string, ProviderOption>>
}
