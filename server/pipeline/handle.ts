import { runChain } from '../attempts/chain.ts'
import type { AttemptContext, AttemptDeps } from '../attempts/context.ts'
import { Cancellation } from '../core/cancellation.ts'
import { asGatewayError, GatewayError } from '../core/errors.ts'
import { type Exchange, estimatePromptTokens } from '../core/exchange.ts'
import type { Facts } from '../core/facts.ts'
import type { Policy } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import type { SafeStream } from '../core/reply.ts'
import { Afterwards, type AfterwardsDeps } from './afterwards/afterwards.ts'
import { authenticate, type FindKey } from './authenticate.ts'
import type { ReplyCache } from './caching/reply-cache.ts'
import { revalidationOf } from './caching/revalidation.ts'
import type { Visit } from './caching/visit.ts'
import { deadlineOf } from './deadline.ts'
import { factsOf, factsRecord } from './facts.ts'
import { decline } from './guarding/decline.ts'
import { guardReply } from './guarding/guard-reply.ts'
import { guardRequest } from './guarding/guard-request.ts'
import type { GuardDeps, GuardSession } from './guarding/session.ts'
import type { Idempotency } from './idempotency.ts'
import { lastResort } from './last-resort.ts'
import { type Outlet, openOutlet } from './outlet.ts'
import { nobody } from './own-request.ts'
import { priorityOf } from './priority.ts'
import { type Arrival, openExchange, readInbound } from './receive.ts'
import { type Client, type ReplyWatcher, sendError, sendReply } from './reply.ts'
import { watchedBy } from './reply-reader.ts'
import { planRoute } from './route.ts'
import { planOwn } from './route-own.ts'

/** What one request's way is made of; the app wires it once. */
export interface PipelineDeps extends AttemptDeps {
  policy(): Policy
  strategies: ReadonlyMap<string, Strategy>
  findKey: FindKey
  idempotency: Idempotency
  cache: ReplyCache
  guarding: GuardDeps
  afterwards: AfterwardsDeps
  /** Work that no client waits for, and that the gateway ends before it stops. */
  inBackground(work: Promise<void>): void
  /** The gateway listens on loopback only. */
  loopbackOnly: boolean
  /** Told of errors that are bugs. */
  onFault(error: unknown, exchange: Exchange): void
}

/**
 * One request's whole way. Never rejects: every failure is answered in the client's dialect and recorded.
 * The policy is read once, so that a change of the config leaves requests in flight alone.
 */
export async function handle(deps: PipelineDeps, arrival: Arrival, client: Client): Promise<void> {
  const policy = arrival.own?.policy ?? deps.policy()
  const { dialect, headers } = arrival
  const exchange = openExchange(arrival, policy.revision)
  const cancellation = new Cancellation()
  let outlet: Outlet | null = null
  const open: Opened = { visit: null, session: null, afterwards: null }
  try {
    const caller =
      arrival.own?.caller ?? authenticate(headers, arrival.remoteAddress, policy, deps.loopbackOnly, deps.findKey)
    exchange.caller = caller
    const inbound = readInbound(arrival)
    exchange.route = inbound.head.model
    exchange.stream = inbound.head.stream
    caller.user = inbound.head.user
    if (inbound.head.metadata) caller.metadata = { ...inbound.head.metadata, ...caller.metadata }

    const facts = factsOf(caller, inbound)
    const { strategies, signals } = deps
    const ask = { exchange, facts, policy, strategies, signals, promptTokens: estimatePromptTokens(inbound) }
    const plan = arrival.own ? planOwn(inbound, arrival.own, ask) : planRoute({ ...ask, caller, inbound })
    const deadline = deadlineOf(headers, plan, exchange.startedAt)
    const priority = priorityOf(headers, plan)
    exchange.plan = plan
    exchange.facts = factsRecord(caller, inbound)
    exchange.routedAt = performance.now()
    deps.observer.requestStart(exchange)

    outlet = openOutlet(deps.idempotency, headers, exchange, inbound, client)
    if (outlet.replay) await outlet.replay()
    else {
      const context = { deps, policy, exchange, inbound, plan, priority, cancellation, deadline }
      outlet.client.onGone(() => {
        // Afterwards it depends on who else waits for the reply.
        if (open.visit === null) cancellation.cancel()
      })
      await answer(deps, { arrival, facts }, context, outlet.client, open)
    }
  } catch (thrown) {
    const error = asGatewayError(thrown)
    if (error.code === 'internal') deps.onFault(thrown, exchange)
    sendError(exchange, error, dialect, outlet?.client ?? client)
  }
  open.visit?.finish()
  outlet?.finish()
  const isGone = cancellation.reason?.code === 'client_gone'
  if (isGone) {
    exchange.status = new GatewayError('client_gone', '').status
    exchange.error ??= { code: 'client_gone', message: 'The client went away.' }
  }
  await open.session?.settle(isGone)
  exchange.endedAt = performance.now()
  // Whatever becomes of what is done beside it, the request is recorded.
  await open.afterwards?.beforeRecord().catch((fault) => deps.onFault(fault, exchange))
  deps.observer.requestEnd(exchange)
  open.afterwards?.afterRecord()
  arrival.own?.onEnd?.(exchange, open.afterwards?.events ?? null)
}

/** What has to be closed once the reply, or its error, has gone out. */
interface Opened {
  visit: Visit | null
  session: GuardSession | null
  afterwards: Afterwards | null
}

/** What came in, and what predicates may ask of it. */
interface Asked {
  arrival: Arrival
  facts: Facts
}

/** A planned request's way from its guardrails to the last byte of its reply. Throws what is to be told instead. */
async function answer(
  deps: PipelineDeps,
  { arrival, facts }: Asked,
  planned: AttemptContext,
  client: Client,
  open: Opened,
): Promise<void> {
  const { exchange, inbound, cancellation } = planned
  let to = client
  let watcher: ReplyWatcher | null = null
  let safe: SafeStream
  try {
    const guarded = await guardRequest(deps.guarding, planned, {
      isOwn: arrival.own?.purpose === 'check',
      opened(session) {
        open.session = session
      },
    })
    exchange.plan = guarded.plan
    const context = { ...planned, inbound: guarded.inbound, plan: guarded.plan }
    open.afterwards = Afterwards.open(deps.afterwards, context, arrival, facts)
    const found = await deps.cache.enter(context, arrival.headers)
    open.visit = found
    if (found.revalidates) deps.inBackground(handle(deps, revalidationOf(arrival, exchange), nobody()))
    to = found.clientFor(client)
    to.onGone(() => cancellation.cancel())
    const reply = found.reply ?? (await runChain(context).catch((failure) => lastResort(context, found, failure)))
    safe = await guardReply(reply, context, open.session)
    watcher = watchedBy(found.watcher, open.afterwards?.watcher ?? null)
  } catch (thrown) {
    safe = decline(thrown, planned)
  }
  await sendReply(exchange, inbound, safe, to, { watcher, restorer: open.session?.restorer() ?? null })
}
