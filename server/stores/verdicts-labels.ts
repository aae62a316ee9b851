import { type GuardLabelWord, type LabelledText, labelOf } from '../core/guard-label.ts'
import type { GuardStage, TextOrigin } from '../core/guardrail.ts'
import { AuditWriter } from './audit.ts'
import { type Db, writing } from './database.ts'
import type { VerdictsRow } from './verdicts.ts'

/** A row of `guard_labels`. */
export interface LabelsRow {
  id: number
  /** Milliseconds since the epoch. */
  at: number
  actor: string
  label: GuardLabelWord
  /** Id of the verdict; `null` for a text that was tried. */
  verdict: number | null
  request_id: string | null
  /** `null`: tried with the guardrail as it is without options. */
  route: string | null
  guardrail: string | null
  kind: string
  stage: GuardStage
  /** Of a text that was tried. */
  origin: TextOrigin | null
  score: number
  threshold: number
  category: string | null
  excerpt: string | null
  highlight_start: number | null
  highlight_end: number | null
}

const COLUMNS = `at actor label verdict request_id route guardrail kind stage origin score threshold category excerpt
  highlight_start highlight_end`.split(/\s+/)

/** Writes labels, each with its line in the audit trail. */
export class LabelWriter {
  readonly #db: Db
  readonly #audit: AuditWriter
  readonly #insert
  readonly #find
  readonly #forget
  readonly #remove

  constructor(db: Db) {
    this.#db = db
    this.#audit = new AuditWriter(db)
    const places = COLUMNS.map(() => '?').join(', ')
    this.#insert = db.prepare(`INSERT INTO guard_labels (${COLUMNS.join(', ')}) VALUES (${places})`)
    this.#find = db.prepare('SELECT * FROM verdicts WHERE id = ?')
    this.#forget = db.prepare('DELETE FROM guard_labels WHERE verdict = ?')
    this.#remove = db.prepare('DELETE FROM guard_labels WHERE id = ? RETURNING *')
  }

  /** Labels a verdict, in place of what was said of it before. `null` where there is none of this id. */
  labelVerdict(id: number, harmful: boolean, actor: string, at: number): number | null {
    return writing(this.#db, () => {
      const verdict = this.#find.get(id) as VerdictsRow | undefined
      if (!verdict) return null
      this.#forget.run(id)
      const { request_id, route, guardrail, kind, stage, score, threshold, category } = verdict
      const label = labelOf(harmful, verdict.verdict)
      const { excerpt, highlight_start, highlight_end } = verdict
      return this.#add({
        ...{ at, actor, label, verdict: id, request_id, route, guardrail, kind, stage, origin: null },
        ...{ score, threshold, category, excerpt, highlight_start, highlight_end },
      })
    })()
  }

  labelText({ highlight, ...text }: LabelledText, actor: string, at: number): number {
    const [start, end] = highlight ?? [null, null]
    return writing(this.#db, () =>
      this.#add({ ...text, at, actor, verdict: null, request_id: null, highlight_start: start, highlight_end: end }),
    )()
  }

  /** False where there is none of this id. */
  remove(id: number, actor: string, at: number): boolean {
    return writing(this.#db, () => {
      const row = this.#remove.get(id) as LabelsRow | undefined
      if (!row) return false
      const { label, route, guardrail, kind } = row
      this.#audit.add({ at, actor, action: 'guard-label-remove', detail: { id, label, route, guardrail, kind } })
      return true
    })()
  }

  #add(row: Omit<LabelsRow, 'id'>): number {
    const values = COLUMNS.map((name) => row[name as keyof typeof row])
    const id = Number(this.#insert.run(...values).lastInsertRowid)
    const { at, actor, label, verdict, route, guardrail, kind } = row
    this.#audit.add({ at, actor, action: 'guard-label', detail: { id, label, verdict, route, guardrail, kind } })
    return id
  }
}

/** All that is given must hold. */
export interface LabelFilter {
  route?: string
  guardrail?: string
  label?: GuardLabelWord
}

/** The newest first, from below `cursor` (an id) where one is given. */
export function listLabels(db: Db, filter: LabelFilter, cursor: number | null, limit: number): LabelsRow[] {
  const named = Object.entries(filter).filter(([, value]) => value !== undefined)
  const tests = ['id < ?', ...named.map(([name]) => `${name} = ?`)]
  return db
    .prepare(`SELECT * FROM guard_labels WHERE ${tests.join(' AND ')} ORDER BY id DESC LIMIT ?`)
    .all(cursor ?? Number.MAX_SAFE_INTEGER, ...named.map(([, value]) => value), limit) as LabelsRow[]
}
