import { openDrains } from '../attempts/drains.ts'
import { Escalations } from '../attempts/escalations.ts'
import { ProviderQueues } from '../attempts/queue/index.ts'
import { ReasoningVault } from '../attempts/reasoning-vault.ts'
import { RetryBudgets } from '../attempts/retry-budget.ts'
import { TargetGate } from '../attempts/target-gate.ts'
import { realClock } from '../core/clock.ts'
import type { Policy } from '../core/policy.ts'
import { plains, upstreams } from '../dialects/index.ts'
import type { Home } from '../home.ts'
import type { ExplainDeps } from '../pipeline/explain.ts'
import { providers } from '../providers/index.ts'
import { strategies } from '../strategies/index.ts'
import { costSource } from '../telemetry/cost-source.ts'
import { createPrices } from '../telemetry/prices.ts'
import { TargetBook } from '../telemetry/target-book.ts'

/** A gateway that has not had a request yet and makes none: all it knows is its config and what was drained by hand. */
export function offlineGateway(policy: Policy, home: Home): ExplainDeps {
  const price = createPrices()
  const gate = new TargetGate(realClock)
  openDrains(home.drains, gate, (message) => process.stderr.write(`${message}\n`))
  return {
    policy: () => policy,
    strategies,
    providers,
    upstreams,
    plains,
    vault: new ReasoningVault(),
    gate,
    queues: new ProviderQueues(realClock),
    budgets: new RetryBudgets(realClock),
    escalations: new Escalations(realClock),
    signals: new TargetBook(
      realClock,
      costSource(() => policy, providers, price),
    ),
    price,
  }
}
