import type { Cancellation } from '../core/cancellation.ts'
import type { UpstreamDialect } from '../core/dialect.ts'
import type { DialectId } from '../core/dialect-id.ts'
import type { Exchange, Inbound, Plan } from '../core/exchange.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { Policy, Priority } from '../core/policy.ts'
import type { Observer, PriceAttempt, Provider, Send } from '../core/ports.ts'
import type { Signals } from '../core/signals.ts'
import type { Escalations } from './escalations.ts'
import type { EvaluationDeps } from './evaluation.ts'
import type { ProviderQueues } from './queue/index.ts'
import type { ReasoningVault } from './reasoning-vault.ts'
import type { RetryBudgets } from './retry-budget.ts'
import type { TargetGate } from './target-gate.ts'

/** The parts that attempts are made with; the app wires them once. */
export interface AttemptDeps {
  providers: ReadonlyMap<string, Provider>
  /** The upstream side of every chat format. */
  upstreams: ReadonlyMap<DialectId, UpstreamDialect>
  plains: ReadonlyMap<DialectId, PlainDialect>
  vault: ReasoningVault
  gate: TargetGate
  queues: ProviderQueues
  budgets: RetryBudgets
  escalations: Escalations
  evaluation: EvaluationDeps
  signals: Signals
  send: Send
  price: PriceAttempt
  observer: Observer
}

/** One request under way, as the attempts see it. */
export interface AttemptContext {
  deps: AttemptDeps
  policy: Policy
  exchange: Exchange
  inbound: Inbound
  plan: Plan
  priority: Priority
  cancellation: Cancellation
  /** `performance.now()` milliseconds after which nothing is tried or waited for. */
  deadline: number
  /** Nobody else is left: targets are called that their breakers would spare. */
  despiteBreakers?: true
  /** Why attempts are made again, after a reply that came. */
  because?: 'escalation'
  /** Text of the reply that the client has already, where an attempt goes on with it. */
  continuation?: string
}
