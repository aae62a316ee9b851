import type { NewPromotion, Promotion, PromotionChange, PromotionStep } from '../../core/promotion.ts'
import { AuditWriter } from '../audit.ts'
import { type Db, writing } from '../database.ts'

/** A row of `promotions`; steps and settings are JSON. */
interface PromotionsRow {
  id: number
  experiment: string | null
  route: string
  baseline: string
  candidate: string
  state: Promotion['state']
  share: number
  started_at: number
  ended_at: number | null
  actor: string
  reason: string | null
  steps: string
  settings: string
}

const COLUMNS = 'experiment, route, baseline, candidate, state, share, started_at, actor, reason, steps, settings'

export class PromotionWriter {
  /** The promotion's id; `null` where the route has another one under way. */
  readonly begin: (promotion: NewPromotion) => number | null
  /** False where it is over already. */
  readonly change: (change: PromotionChange) => boolean

  constructor(db: Db) {
    const audit = new AuditWriter(db)
    const insert = db.prepare(
      `INSERT OR IGNORE INTO promotions (${COLUMNS}) VALUES (${COLUMNS.split(',').map(() => '?')})`,
    )
    this.begin = writing(db, (promotion: NewPromotion) => {
      const { experiment, route, baseline, candidate, state, share, startedAt, actor, reason, steps, settings } =
        promotion
      const values = [experiment, route, baseline, candidate, state, share, startedAt, actor, reason]
      const made = insert.run(...values, JSON.stringify(steps), JSON.stringify(settings))
      if (made.changes === 0) return null
      const detail = { promotion: Number(made.lastInsertRowid), experiment, route, candidate, share, override: reason }
      audit.add({ at: startedAt, actor, action: 'promotion-begin', detail })
      return Number(made.lastInsertRowid)
    })
    const read = db.prepare('SELECT * FROM promotions WHERE id = ? AND ended_at IS NULL')
    const update = db.prepare('UPDATE promotions SET state = ?, share = ?, ended_at = ?, steps = ? WHERE id = ?')
    this.change = writing(db, ({ id, state, share, endedAt, step }: PromotionChange) => {
      const row = read.get(id) as PromotionsRow | undefined
      if (!row) return false
      const steps = [...(JSON.parse(row.steps) as PromotionStep[]), step]
      update.run(state, share, endedAt, JSON.stringify(steps), id)
      const detail = { promotion: id, route: row.route, candidate: row.candidate, state, share, why: step.why }
      audit.add({ at: step.at, actor: step.actor, action: 'promotion-step', detail })
      return true
    })
  }
}

/** The newest first. */
export function listPromotions(db: Db, filter: { route?: string; open?: boolean }, limit: number): Promotion[] {
  const rows = db
    .prepare(
      `SELECT * FROM promotions WHERE ($route IS NULL OR route = $route) AND ($open = 0 OR ended_at IS NULL) ORDER BY id DESC LIMIT $limit`,
    )
    .all({ route: filter.route ?? null, open: Number(filter.open ?? false), limit }) as PromotionsRow[]
  return rows.map(promotionOf)
}

export function findPromotion(db: Db, id: number): Promotion | null {
  const row = db.prepare('SELECT * FROM promotions WHERE id = ?').get(id) as PromotionsRow | undefined
  return row ? promotionOf(row) : null
}

function promotionOf({ steps, settings, started_at, ended_at, ...row }: PromotionsRow): Promotion {
  return {
    ...row,
    startedAt: started_at,
    endedAt: ended_at,
    steps: JSON.parse(steps),
    settings: JSON.parse(settings),
  }
}
