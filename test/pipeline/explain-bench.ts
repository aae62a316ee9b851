import type { AttemptDeps } from '../../server/attempts/context.ts'
import { Escalations } from '../../server/attempts/escalations.ts'
import { ProviderQueues } from '../../server/attempts/queue/index.ts'
import { ReasoningVault } from '../../server/attempts/reasoning-vault.ts'
import { RetryBudgets } from '../../server/attempts/retry-budget.ts'
import { TargetGate } from '../../server/attempts/target-gate.ts'
import type { Caller } from '../../server/core/caller.ts'
import type { Policy } from '../../server/core/policy.ts'
import { plains, upstreams } from '../../server/dialects/index.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { type ExplainDeps, type Explained, explain } from '../../server/pipeline/explain.ts'
import type { Arrival } from '../../server/pipeline/receive.ts'
import { providers } from '../../server/providers/index.ts'
import { strategies } from '../../server/strategies/index.ts'
import { costSource } from '../../server/telemetry/cost-source.ts'
import { createPrices } from '../../server/telemetry/prices.ts'
import { TargetBook } from '../../server/telemetry/target-book.ts'
import { compile } from '../config/compile.ts'
import { type FakeClock, fakeClock } from '../support/fake-clock.ts'

export interface Bench {
  clock: FakeClock
  policy: Policy
  deps: AttemptDeps & ExplainDeps
  book: TargetBook
  /** Explains a chat request that names the route. */
  explain(route: string, body?: object, more?: { headers?: Arrival['headers']; caller?: Partial<Caller> }): Explained
}

/** A gateway without HTTP whose time stands still; nothing can be sent. */
export function bench(config: string, environment: NodeJS.ProcessEnv = {}): Bench {
  const clock = fakeClock(1_000_000)
  const policy = compile(config, environment)
  const price = createPrices()
  const book = new TargetBook(
    clock,
    costSource(() => policy, providers, price),
  )
  const nothing = () => {}
  const deps: Bench['deps'] = {
    policy: () => policy,
    strategies,
    providers,
    upstreams,
    plains,
    vault: new ReasoningVault(),
    gate: new TargetGate(clock),
    queues: new ProviderQueues(clock),
    budgets: new RetryBudgets(clock),
    escalations: new Escalations(clock),
    signals: book,
    price,
    send() {
      throw new Error('something was sent')
    },
    evaluation: {
      servicesFor() {
        throw new Error('something was judged')
      },
      mayAsk: () => false,
      later: nothing,
    },
    observer: {
      requestStart: nothing,
      attemptStart: nothing,
      attemptTurn: nothing,
      attemptEnd: nothing,
      scored: nothing,
      requestEnd: nothing,
    },
  }
  return {
    clock,
    policy,
    deps,
    book,
    explain: (route, body = {}, { headers = {}, caller = {} } = {}) =>
      explain(deps, { arrival: arrivalOf(route, body, headers), caller }),
  }
}

/** A chat request as HTTP hands it over. */
export function arrivalOf(route: string, body: object = {}, headers: Arrival['headers'] = {}): Arrival {
  const request = { model: route, messages: [{ role: 'user', content: 'Hello' }], ...body }
  return {
    surface: '/v1/chat/completions',
    dialect: openaiChat,
    address: {},
    headers,
    remoteAddress: '127.0.0.1',
    body: Buffer.from(JSON.stringify(request)),
    receivedAt: performance.now(),
  }
}

/** `provider/model: action` of each target, in its order. */
export function actions({ targets }: Explained): string[] {
  return targets.map(({ target, action }) => `${target.provider}/${target.model}: ${action}`)
}
