import { openForReading } from '../../server/stores/database.ts'
import type { GatehouseTarget } from './targets/gatehouse.ts'
import type { Target } from './targets/target.ts'

/** Throws unless Gatehouse's store holds every request that it answered, as a row. Other targets store nothing. */
export async function checkStored(target: Target): Promise<void> {
  if (!('recorder' in target)) return
  const { recorder, store, answered } = target as GatehouseTarget
  await target.settle()
  const { stored, dropped } = await recorder()
  const rows = countRequests(store)
  if (stored !== answered || rows !== answered || dropped > 0)
    throw new Error(`Gatehouse answered ${answered}, stored ${stored} (rows: ${rows}) and dropped ${dropped} requests.`)
  process.stderr.write(`stored: all ${rows} requests that Gatehouse answered\n`)
}

function countRequests(store: string): number {
  const db = openForReading(store)
  try {
    return db.prepare('SELECT count(*) FROM requests').pluck().get() as number
  } finally {
    db.close()
  }
}
