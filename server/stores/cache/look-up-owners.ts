import type { Db } from '../database.ts'

/** Whose look-ups are recorded, the busiest first. */
export interface LookUpOwner {
  route: string
  tenant: string
  /** Name of the vector space of the newest. */
  space: string
  count: number
}

export function lookUpOwners(db: Db, limit: number): LookUpOwner[] {
  const rows = db
    .prepare(
      `SELECT route, tenant, space, max(id) AS newest, count(*) AS count FROM cache_lookups
      GROUP BY route, tenant ORDER BY count DESC LIMIT ?`,
    )
    .all(limit) as (LookUpOwner & { newest: number })[]
  return rows.map(({ newest: _, ...owner }) => owner)
}
