import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runChain } from '../../server/attempts/chain.ts'
import type { AttemptContext } from '../../server/attempts/context.ts'
import { conversationKey } from '../../server/attempts/conversation-key.ts'
import { Cancellation } from '../../server/core/cancellation.ts'
import type { Exchange } from '../../server/core/exchange.ts'
import type { Target } from '../../server/core/policy.ts'
import type { Explained } from '../../server/pipeline/explain.ts'
import { openExchange } from '../../server/pipeline/receive.ts'
import { actions, arrivalOf, type Bench, bench } from './explain-bench.ts'

const NAMES = ['a', 'b', 'c', 'd'] as const
const BREAKER = 'breaker: { failures: 2, error_share: 0.1, window: 30s, cooldown: 10s }'
/** Each target is a provider of its own that always fails. */
const targets = NAMES.map((name) => `{ provider: ${name}, model: fail-500 }`).join(', ')
const CHAIN = `version: 1
providers: { ${NAMES.map((name) => `${name}: { kind: sandbox }`).join(', ')}, keyless: { kind: openai } }
routes:
  on: { targets: [${targets}], ${BREAKER} }
  off: { targets: [${targets}], ${BREAKER}, fallback: { on_error: false } }
  keyless: { targets: [{ provider: keyless, model: gpt-4o }, ${targets}], ${BREAKER} }
  keyless-off: { targets: [{ provider: keyless, model: gpt-4o }, ${targets}], fallback: { on_error: false } }
`
const JUDGED = `version: 1
routes:
  judged:
    targets: [{ provider: sandbox, model: echo }, { provider: sandbox, model: lorem }]
    evaluators: { require: [non-empty] }
`
const STATES = ['ready', 'open', 'half-open', 'on trial', 'cooling', 'drained', 'down'] as const
type State = (typeof STATES)[number]

/** Brings each target into its state. */
function bring({ deps: { gate }, clock, policy }: Bench, states: readonly State[]): void {
  const { breaker } = policy.routes.get('on')!.settings
  const target = (index: number): Target => ({ provider: NAMES[index]!, model: 'fail-500', weight: 1 })
  const fail = (index: number) => {
    for (let count = 0; count < 2; count += 1) gate.enter(target(index), breaker).pass!.end('failed')
  }
  for (const [index, state] of states.entries()) if (state === 'half-open' || state === 'on trial') fail(index)
  clock.advance(10_000)
  for (const [index, state] of states.entries()) {
    if (state === 'open') fail(index)
    if (state === 'on trial') gate.enter(target(index), breaker)
    if (state === 'cooling') gate.cool(target(index), 5000)
    if (state === 'drained') gate.drain(NAMES[index]!, 'fail-500', true)
    if (state === 'down') gate.reportHealth(NAMES[index]!, false, 'no answer')
  }
}

/** Everything that a call would change. */
function stateOf({ deps, policy, book }: Bench): string {
  const { gate, queues, budgets } = deps
  const routes = [...policy.routes.values()]
  const all = routes.flatMap((route) => route.targets.map((target) => ({ route, target })))
  return JSON.stringify([
    all.map(({ route, target }) => [
      gate.standing(target, route.settings.breaker),
      book.latency(target, false),
      book.inFlight(target),
      book.quality(route.name, target),
    ]),
    gate.troubled(),
    gate.drains(),
    [...policy.providers.values()].map((provider) => queues.of(provider).status),
    routes.map(({ name, settings }) => budgets.of(name, settings.retry.budget).tokens),
  ])
}

/** Runs the real chain over the plan that was explained; what it did stands on the exchange. */
async function run({ deps, policy }: Bench, { plan, priority, inbound, exchange: own }: Explained): Promise<Exchange> {
  const exchange = { ...openExchange(arrivalOf(plan.route), policy.revision), caller: own.caller }
  const deadline = Number.POSITIVE_INFINITY
  const cancellation = new Cancellation()
  await runChain({ deps, policy, exchange, inbound, plan, priority, cancellation, deadline }).catch(() => {})
  return exchange
}

const nameOf = ({ provider, model }: Target) => `${provider}/${model}`

describe('explaining a request', () => {
  it('says of every target what the chain then does, and changes nothing before that', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...STATES), { minLength: NAMES.length, maxLength: NAMES.length }),
        fc.constantFrom('on', 'off', 'keyless', 'keyless-off'),
        async (states, route) => {
          const all = bench(CHAIN)
          bring(all, states)
          const before = stateOf(all)
          const explained = all.explain(route)
          assert.equal(stateOf(all), before)
          const does = (...wanted: string[]) =>
            explained.targets.filter(({ action }) => wanted.includes(action)).map(({ target }) => nameOf(target))
          const exchange = await run(all, explained)
          const sent = exchange.attempts.filter(({ dialect }) => dialect !== null)
          const failed = exchange.attempts.filter(({ dialect }) => dialect === null)
          assert.deepEqual(
            sent.map(({ target }) => nameOf(target)),
            does('call', 'standby'),
          )
          assert.deepEqual(
            failed.map(({ target }) => nameOf(target)),
            does('fail'),
          )
          const skipped = exchange.skipped.filter(({ why }) => why !== 'cooling')
          assert.deepEqual(
            skipped.map(({ target }) => nameOf(target)),
            does('skip'),
          )
        },
      ),
      { numRuns: 200 },
    ))

  it('leaves the one trial of a half-open breaker to a call', () => {
    const all = bench(CHAIN)
    bring(all, ['half-open', 'ready', 'ready', 'ready'])
    const { breaker } = all.policy.routes.get('on')!.settings
    for (let count = 0; count < 3; count += 1) assert.equal(actions(all.explain('on'))[0], 'a/fail-500: call')
    const { pass } = all.deps.gate.enter({ provider: 'a', model: 'fail-500', weight: 1 }, breaker)
    assert.ok(pass)
    assert.equal(actions(all.explain('on'))[0], 'a/fail-500: skip')
    pass.end('neutral')
    assert.equal(actions(all.explain('on'))[0], 'a/fail-500: call')
  })

  it('puts a target last whose reply in this conversation failed its evaluators', () => {
    const all = bench(JUDGED)
    assert.deepEqual(actions(all.explain('judged')), ['sandbox/echo: call', 'sandbox/lorem: standby'])
    const session = { headers: { 'x-session-id': 's1' } }
    const { exchange, inbound, plan } = all.explain('judged', {}, session)
    const key = conversationKey({ exchange, inbound, plan } as AttemptContext)
    all.deps.escalations.note(key, { provider: 'sandbox', model: 'echo', weight: 1 })
    assert.deepEqual(actions(all.explain('judged', {}, session)), ['sandbox/lorem: call', 'sandbox/echo: standby'])
    assert.deepEqual(actions(all.explain('judged')), ['sandbox/echo: call', 'sandbox/lorem: standby'])
  })
})
