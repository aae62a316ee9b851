import type { GatehouseTarget } from './targets/gatehouse.ts'
import type { Target } from './targets/target.ts'

/** Throws unless Gatehouse's store holds every request that it answered. Other targets store nothing. */
export async function checkStored(target: Target): Promise<void> {
  if (!('recorder' in target)) return
  await target.settle()
  const { stored, dropped } = await (target as GatehouseTarget).recorder()
  if (stored !== target.answered || dropped > 0)
    throw new Error(`Gatehouse answered ${target.answered} requests, stored ${stored} and dropped ${dropped}.`)
  process.stderr.write(`stored: all ${stored} requests that Gatehouse answered\n`)
}
