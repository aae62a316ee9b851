import { runChain } from '../attempts/chain.ts'
import type { AttemptDeps } from '../attempts/context.ts'
import { Cancellation } from '../core/cancellation.ts'
import { asGatewayError, GatewayError } from '../core/errors.ts'
import type { Exchange } from '../core/exchange.ts'
import type { Policy } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import { authenticate, type FindKey } from './authenticate.ts'
import { deadlineOf } from './deadline.ts'
import { guardReply } from './guard-reply.ts'
import { type Arrival, openExchange, readInbound } from './receive.ts'
import { type Client, sendError, sendReply } from './reply.ts'
import { planRoute } from './route.ts'

/** What one request's way is made of; the app wires it once. */
export interface PipelineDeps extends AttemptDeps {
  policy(): Policy
  strategies: ReadonlyMap<string, Strategy>
  findKey: FindKey
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
  const policy = deps.policy()
  const { dialect, headers } = arrival
  const exchange = openExchange(arrival, policy.revision)
  const cancellation = new Cancellation()
  client.onGone(() => cancellation.cancel())
  try {
    const caller = authenticate(headers, arrival.remoteAddress, policy, deps.loopbackOnly, deps.findKey)
    exchange.caller = caller
    const inbound = readInbound(arrival)
    exchange.route = inbound.head.model
    exchange.stream = inbound.head.stream
    caller.user = inbound.head.user
    if (inbound.head.metadata) caller.metadata = { ...inbound.head.metadata, ...caller.metadata }

    const plan = planRoute(exchange, caller, inbound, policy, deps.strategies)
    const deadline = deadlineOf(headers, plan, exchange.startedAt)
    exchange.plan = plan
    exchange.routedAt = performance.now()
    deps.observer.requestStart(exchange)

    const reply = await runChain({ deps, policy, exchange, inbound, plan, cancellation, deadline })
    await sendReply(exchange, inbound, guardReply(reply), client)
  } catch (thrown) {
    const error = asGatewayError(thrown)
    if (error.code === 'internal') deps.onFault(thrown, exchange)
    sendError(exchange, error, dialect, client)
  }
  if (cancellation.cancelled) {
    exchange.status = new GatewayError('client_gone', '').status
    exchange.error ??= { code: 'client_gone', message: 'The client went away.' }
  }
  exchange.endedAt = performance.now()
  deps.observer.requestEnd(exchange)
}
