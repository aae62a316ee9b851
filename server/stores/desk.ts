import type { DeskCommand } from '../core/guard-label.ts'
import { AuditWriter } from './audit.ts'
import type { Db } from './database.ts'
import { verdictTrimmer } from './verdicts.ts'
import { LabelWriter } from './verdicts-labels.ts'

/** Rows that one transaction takes away, so that records are not kept waiting for more than some milliseconds. */
const STEP_ROWS = 500

/** What people do by hand, and keeping verdicts within their limits, on the connection that writes. */
export class Desk {
  readonly #labels: LabelWriter
  readonly #audit: AuditWriter
  readonly #findTooMany

  constructor(db: Db) {
    this.#labels = new LabelWriter(db)
    this.#audit = new AuditWriter(db)
    this.#findTooMany = verdictTrimmer(db)
  }

  /** Returns what `DeskAnswers` says of the command. */
  do(command: DeskCommand): unknown {
    const { actor, at } = command
    switch (command.type) {
      case 'label-verdict':
        return this.#labels.labelVerdict(command.verdict, command.harmful, actor, at)
      case 'label-text':
        return this.#labels.labelText(command.text, actor, at)
      case 'remove-label':
        return this.#labels.remove(command.id, actor, at)
      case 'note':
        this.#audit.add({ at, actor, action: command.action, detail: command.detail })
        return null
    }
  }

  /** Removes the oldest verdicts where there are too many; each `yield` stands between two transactions. */
  *trim(): Generator<void, number> {
    const trim = this.#findTooMany()
    let removed = 0
    for (let count = trim(STEP_ROWS); count > 0; count = trim(STEP_ROWS)) {
      removed += count
      yield
    }
    return removed
  }
}
