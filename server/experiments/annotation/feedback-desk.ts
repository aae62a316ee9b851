import { setTimeout as pause } from 'node:timers/promises'
import { MOST_FEEDBACK } from '../../core/annotation.ts'
import type { Caller } from '../../core/caller.ts'
import { GatewayError } from '../../core/errors.ts'
import { newFeedbackId } from '../../core/ids.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { FeedbackRequest } from '../../stores/experiments/feedback.ts'
import type { Reader } from '../../stores/reader.ts'
import type { ExperimentStore } from '../store.ts'
import { cleanComment } from './comment.ts'
import type { QueueRules } from './queue-rules.ts'

/** What an app tells of one reply. */
export interface Feedback {
  of: { request: string } | { trace: string }
  /** -1 to 1. */
  value: number
  comment: string | null
  /** The end user whose feedback it is. */
  user: string | null
}

export interface FeedbackDeps {
  store: Pick<ExperimentStore, 'ask'>
  reader: Pick<Reader, 'ask'>
  clean: CleanContent
  rules: QueueRules
}

/** Records are in the store some 250 ms after their request's end at the latest. */
const WAIT_MS = 1000
const PAUSE_MS = 100
/** Those who wait at once; further ones are told at once. */
const MOST_WAITING = 100

/**
 * Takes what apps tell of replies. A caller's feedback reaches requests of its own tenant alone: any other is unknown to
 * it, in the same words and after the same time.
 */
export class FeedbackDesk {
  readonly #deps: FeedbackDeps
  #waiting = 0

  constructor(deps: FeedbackDeps) {
    this.#deps = deps
  }

  /**
   * Throws `not_found` for what is no request of the caller's tenant, `invalid_request` for a trace of several and for too
   * many users of one request.
   */
  async add({ tenant, key }: Caller, feedback: Feedback): Promise<{ id: string; requestId: string }> {
    const { of, value, user } = feedback
    const [request, other] = await this.#find(of, tenant)
    if (!request) throw unknownRequest(of)
    if (other)
      throw new GatewayError('invalid_request', `The trace ${Object.values(of)[0]} has more than one request.`, {
        param: 'trace_id',
        hint: 'Say which by `request_id`: it is the x-request-id header of each reply.',
      })
    const at = Date.now()
    const requestId = request.request_id
    const { route } = request
    const comment = await cleanComment(this.#deps.clean, feedback.comment)
    const added = await this.#deps.store.ask({
      type: 'add-feedback',
      feedback: { id: newFeedbackId(at), at, requestId, tenant, key, user, value, comment },
      queue: this.#deps.rules.complaint({ id: requestId, route, tenant }, value),
    })
    if (added === 'unknown') throw unknownRequest(of)
    if (added === 'full')
      throw new GatewayError('invalid_request', `${MOST_FEEDBACK} users have told of this request already.`, {
        hint: 'What one of them has said can be replaced; no further one is heard.',
        param: 'user',
      })
    if (added.queued === 'full') this.#deps.rules.noteRefused()
    return { id: added.id, requestId }
  }

  /** Waits for a record that is still on its way. */
  async #find(of: Feedback['of'], tenant: string): Promise<FeedbackRequest[]> {
    const until = performance.now() + WAIT_MS
    const mayWait = this.#waiting < MOST_WAITING
    this.#waiting += 1
    try {
      for (;;) {
        const found = await this.#deps.reader.ask<FeedbackRequest[]>('requestsForFeedback', of, tenant, 2)
        if (found.length > 0 || !mayWait || performance.now() >= until) return found
        await pause(PAUSE_MS)
      }
    } finally {
      this.#waiting -= 1
    }
  }
}

function unknownRequest(of: Feedback['of']): GatewayError {
  const [name, id] = 'request' in of ? ['request', of.request] : ['trace', of.trace]
  return new GatewayError('not_found', `There is no ${name} ${id} of yours.`, {
    hint: 'It is known a moment after its reply has come to its end: try again then. Use a key of the tenant that asked.',
    param: `${name}_id`,
  })
}
