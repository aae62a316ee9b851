import type { Attempt } from '../core/exchange.ts'

const WINDOW_MS = 5 * 60_000
const MOST_KEPT = 500
/** So many failures in a row, and a provider counts as down. */
const DOWN_AFTER = 3
const DEGRADED_SHARE = 0.05

export interface ProviderHealth {
  status: 'healthy' | 'degraded' | 'down' | 'unknown'
  detail: string | null
  attempts: number
  errors: number
  /** Prompts that it seems to have cut, since the start. */
  truncated: number
  p50Ms: number | null
  firstTokenP50Ms: number | null
  lastOk: number | null
  lastError: { at: number; message: string } | null
}

interface Outcome {
  at: number
  failed: boolean
  durationMs: number
  firstTokenMs: number | null
}

/** What the request itself, or the client, is to blame for says nothing about the provider. */
const NOT_ITS_FAULT = new Set(['upstream_rejected', 'client_gone', 'internal', 'provider_unconfigured'])

/** Judges providers by the attempts of the last five minutes. Times are milliseconds since the epoch. */
export class HealthBook {
  readonly #books = new Map<
    string,
    { outcomes: Outcome[]; truncated: number; lastOk: number | null; lastError: ProviderHealth['lastError'] }
  >()

  note(attempt: Attempt, message: string | null): void {
    if (attempt.outcome === 'cancelled' || attempt.outcome === 'running') return
    if (attempt.error && NOT_ITS_FAULT.has(attempt.error.code)) return
    const { provider } = attempt.target
    let book = this.#books.get(provider)
    if (!book) {
      book = { outcomes: [], truncated: 0, lastOk: null, lastError: null }
      this.#books.set(provider, book)
    }
    const at = Date.now()
    const failed = attempt.outcome === 'error'
    if (attempt.warnings.includes('prompt_truncated')) book.truncated += 1
    if (failed) book.lastError = { at, message: message ?? '' }
    else book.lastOk = at
    book.outcomes.push({
      at,
      failed,
      durationMs: (attempt.endedAt ?? attempt.startedAt) - attempt.startedAt,
      firstTokenMs: attempt.firstTokenAt === null ? null : attempt.firstTokenAt - attempt.startedAt,
    })
    if (book.outcomes.length > MOST_KEPT * 2) book.outcomes = book.outcomes.slice(-MOST_KEPT)
  }

  read(provider: string): ProviderHealth {
    const book = this.#books.get(provider)
    const since = Date.now() - WINDOW_MS
    const recent = (book?.outcomes ?? []).filter((outcome) => outcome.at >= since).slice(-MOST_KEPT)
    const errors = recent.filter((outcome) => outcome.failed).length
    const good = recent.filter((outcome) => !outcome.failed)
    const lastError = book?.lastError ?? null
    const status = judge(recent, errors)
    return {
      status,
      detail:
        status === 'healthy' || status === 'unknown'
          ? null
          : `${errors} of ${recent.length} attempts failed: ${lastError?.message ?? ''}`,
      attempts: recent.length,
      errors,
      truncated: book?.truncated ?? 0,
      p50Ms: median(good.map((outcome) => outcome.durationMs)),
      firstTokenP50Ms: median(good.flatMap((outcome) => outcome.firstTokenMs ?? [])),
      lastOk: book?.lastOk ?? null,
      lastError,
    }
  }
}

function judge(recent: readonly Outcome[], errors: number): ProviderHealth['status'] {
  if (recent.length === 0) return 'unknown'
  if (recent.slice(-DOWN_AFTER).every((outcome) => outcome.failed)) return errors >= DOWN_AFTER ? 'down' : 'degraded'
  return errors / recent.length > DEGRADED_SHARE ? 'degraded' : 'healthy'
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return [...values].sort((left, right) => left - right)[values.length >> 1]!
}
