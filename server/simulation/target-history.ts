import type { AttemptRecord } from '../core/record.ts'
import { Durations } from './durations.ts'

/** Callers with direct access make names up: of those beyond nothing is known. */
const MOST_TARGETS = 10_000

/** How the attempts of one target ended, and how long they took as a client felt it: the wait in the queue included. */
export class TargetHistory {
  ok = 0
  /** Failures that another target may not have had. */
  failed = 0
  /** Whole unary replies. */
  readonly unary = new Durations()
  /** First content of streams. */
  readonly stream = new Durations()
  /** Of good attempts, without the wait in the queue. */
  #servedMs = 0

  note(attempt: AttemptRecord, stream: boolean): void {
    if (isFailure(attempt)) this.failed += 1
    if (attempt.outcome !== 'ok' || attempt.duration_ms === null) return
    this.ok += 1
    this.#servedMs += attempt.duration_ms - (attempt.queued_ms ?? 0)
    if (!stream) this.unary.add(attempt.duration_ms)
    else if (attempt.ttft_ms !== null) this.stream.add(attempt.ttft_ms)
  }

  /** `null` where nobody was answered. */
  get meanServedMs(): number | null {
    return this.ok === 0 ? null : this.#servedMs / this.ok
  }

  /** Share of the attempts that failed; `null` without any. */
  get failedShare(): number | null {
    const all = this.ok + this.failed
    return all === 0 ? null : this.failed / all
  }
}

/** True for a failure that is the target's own. A request that is at fault fails anywhere. */
export function isFailure({ outcome, error }: AttemptRecord): boolean {
  if (outcome !== 'error' || error === null) return false
  return (
    (error.startsWith('upstream_') && error !== 'upstream_rejected') ||
    ['overloaded', 'provider_unconfigured', 'egress_refused'].includes(error)
  )
}

/** The histories of all targets, by provider and model. */
export class Histories {
  readonly #targets = new Map<string, TargetHistory>()

  note(attempt: AttemptRecord, stream: boolean): void {
    const name = `${attempt.provider}/${attempt.model}`
    let history = this.#targets.get(name)
    if (history === undefined) {
      if (this.#targets.size >= MOST_TARGETS) return
      history = new TargetHistory()
      this.#targets.set(name, history)
    }
    history.note(attempt, stream)
  }

  of(name: string): TargetHistory | undefined {
    return this.#targets.get(name)
  }
}
