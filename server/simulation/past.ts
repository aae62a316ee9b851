import type { AttemptRecord } from '../core/record.ts'
import type { AttemptTokens, PastRequest } from '../stores/history.ts'
import type { RequestExtra } from '../stores/requests.ts'

/** A stored request with its texts read. */
export interface Past {
  row: PastRequest
  attempts: readonly AttemptRecord[]
  extra: Pick<RequestExtra, 'scores' | 'last_resort' | 'replay_of'>
  /** What the call used that answered; `null` where that is not known. */
  tokens: AttemptTokens | null
}

/** Reads one attempt's tokens from the store. */
export type FindTokens = (traceId: string, spanId: string) => AttemptTokens | null

export function readPast(row: PastRequest, findTokens: FindTokens): Past {
  const attempts = JSON.parse(row.attempt_list) as AttemptRecord[]
  const extra = JSON.parse(row.extra) as Past['extra']
  return { row, attempts, extra, tokens: tokensOf(row, attempts, findTokens) }
}

/** A row has the tokens of all attempts together: where several may have used some, those of one stand on its span. */
function tokensOf(row: PastRequest, attempts: readonly AttemptRecord[], findTokens: FindTokens): AttemptTokens | null {
  // Each part of a reply that was resumed has a prompt of its own.
  if (attempts.some(({ resumed_at }) => (resumed_at ?? null) !== null)) return null
  const users = attempts.filter(({ outcome, cost_nano }) => outcome !== 'error' || cost_nano !== null)
  if (users.length > 1) {
    const answered = attempts.findLast(
      ({ outcome, provider, model }) => outcome === 'ok' && provider === row.provider && model === row.model,
    )
    return answered ? findTokens(row.trace_id, answered.span_id) : null
  }
  const { input_tokens: input, output_tokens: output } = row
  return input === null || output === null ? null : { input, output }
}
