import type { GuardLabelWord } from '../core/guard-label.ts'
import { requestIdFloor } from '../core/ids.ts'
import type { VerdictWord } from '../core/verdict.ts'
import type { Db } from './database.ts'
import type { VerdictsRow } from './verdicts.ts'

/** A verdict with what a person said of it. */
export interface ListedVerdict extends VerdictsRow {
  label: GuardLabelWord | null
}

/** All that is given must hold. Times are milliseconds since the epoch. */
export interface VerdictFilter {
  request?: string
  route?: string
  tenant?: string
  guardrail?: string
  category?: string
  verdict?: VerdictWord
  mode?: 'enforce' | 'monitor'
  /** Passes, too. */
  passes?: boolean
  /** Whether a person has said something of it. */
  labelled?: boolean
  from?: number
  to?: number
}

/** The newest first, from below `cursor` (an id) where one is given. */
export function listVerdicts(db: Db, filter: VerdictFilter, cursor: number | null, limit: number): ListedVerdict[] {
  const { tests, values } = verdictTests(filter)
  if (cursor !== null) {
    tests.push('verdicts.id < ?')
    values.push(cursor)
  }
  return db
    .prepare(
      `SELECT verdicts.*, labels.label FROM verdicts
      LEFT JOIN guard_labels AS labels ON labels.verdict = verdicts.id
      WHERE ${tests.join(' AND ')} ORDER BY verdicts.id DESC LIMIT ?`,
    )
    .all(...values, limit) as ListedVerdict[]
}

/** As a `WHERE` of `verdicts`, and of `guard_labels AS labels` where `labelled` is asked for. */
export function verdictTests(filter: VerdictFilter): { tests: string[]; values: (string | number)[] } {
  const tests = ['TRUE']
  const values: (string | number)[] = []
  const add = (test: string, value: string | number | undefined) => {
    if (value === undefined) return
    tests.push(test)
    values.push(value)
  }
  add('verdicts.request_id = ?', filter.request)
  for (const name of ['route', 'tenant', 'guardrail', 'category', 'verdict', 'mode'] as const)
    add(`verdicts.${name} = ?`, filter[name])
  add('verdicts.request_id >= ?', filter.from === undefined ? undefined : requestIdFloor(filter.from))
  add('verdicts.request_id < ?', filter.to === undefined ? undefined : requestIdFloor(filter.to))
  if (filter.passes !== true && filter.verdict === undefined) tests.push("verdicts.verdict != 'pass'")
  if (filter.labelled !== undefined) tests.push(`labels.label IS ${filter.labelled ? 'NOT ' : ''}NULL`)
  return { tests, values }
}
