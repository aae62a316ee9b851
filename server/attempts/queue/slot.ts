import type { Cancellation } from '../../core/cancellation.ts'
import type { Priority } from '../../core/policy.ts'

/** Who wants a slot, and until when it is of use. */
export interface QueueAsk {
  tenant: string
  priority: Priority
  model: string
  /** `Clock.now()` after which nobody waits any more. */
  deadline: number
  cancellation: Cancellation
}

/** How a call ended. */
export interface SlotResult {
  ok: boolean
  /** 429, 503, 529 or a time-out: the provider has too much. */
  overloaded: boolean
  stream: boolean
  firstTokenMs: number | null
  durationMs: number
  outputTokens: number | null
}

/** Leave to make one call. Whoever holds it must release it, also when the request was cancelled meanwhile. */
export interface Slot {
  readonly waitedMs: number
  /** Idempotent. The next request has the slot at once. `null` where the call was never sent or was cancelled. */
  release(result: SlotResult | null): void
}

export interface QueueStatus {
  /** Slots held. More than `limit` for a while after it has become smaller. */
  running: number
  waiting: number
  /** `null`: no limit. */
  limit: number | null
  /** Of the call that began last. */
  loadedModel: string | null
  /** Requests that were refused a slot or gave up waiting for one, but for those whose client went away. */
  shed: number
  /** Of the last calls, from taking the slot to releasing it; `null` before the first has ended. */
  averageMs: number | null
  oldestWaitMs: number | null
}
