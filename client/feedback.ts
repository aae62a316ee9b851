import type { Http } from './http.ts'

/** How good a reply was: `request_id` or `trace_id` says which one, `rating` or `value` how good. */
export interface Feedback {
  /** The `x-request-id` header of the reply. */
  request_id?: string
  /** The `x-gatehouse-trace-id` header of the reply. */
  trace_id?: string
  rating?: 'up' | 'down'
  /** -1 (worst) to 1 (best). */
  value?: number
  comment?: string
  /** Who of the app's users says it. */
  user?: string
}

export interface FeedbackSent {
  id: string
  request_id: string
}

/** What apps tell of replies. It goes with the key of the app, not with the admin token. */
export class FeedbackApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  send(feedback: Feedback): Promise<FeedbackSent> {
    return this.#http.app('POST', '/v1/feedback', { json: feedback })
  }
}
