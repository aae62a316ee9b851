import type { Caller } from './caller.ts'
import type { ChatEvent } from './events.ts'
import type { Exchange } from './exchange.ts'
import type { Link, Purpose } from './experiment.ts'
import type { JudgingPolicy, Policy, Target } from './policy.ts'

/** What makes a request one of the gateway's own. */
export interface OwnCall {
  /** On whose behalf; the routes of the caller's key do not matter. */
  caller: Caller
  purpose: Exclude<Purpose, 'live'>
  /** A config, in the place of the running one. */
  policy?: Policy
  /** Called alone, in the place of what the route decides: no cache, no fallback, no escalation. */
  target?: Target
  /** Evaluators, in the place of the route's. */
  judging?: JudgingPolicy | null
  /** Id of the experiment or run that it belongs to. */
  experiment?: string
  /** The request that it is a copy of. */
  link?: Link
  /** How long the texts of its reply are kept, in milliseconds, and whether those of the request are. */
  content?: { keepMs: number; request: boolean }
  /** Told once, when all is over, with what the reply was; `null` where there was none or it could not be read. */
  onEnd?(exchange: Exchange, reply: readonly ChatEvent[] | null): void
}
