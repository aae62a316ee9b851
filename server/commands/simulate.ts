import { existsSync } from 'node:fs'
import { secretResolver } from '../config/secrets.ts'
import { readDuration } from '../config/units.ts'
import type { Policy } from '../core/policy.ts'
import { openHome } from '../home.ts'
import { readFlags, readHome, UsageError } from '../options.ts'
import { providers } from '../providers/index.ts'
import type { Prices } from '../simulation/bill.ts'
import { simulate } from '../simulation/simulate.ts'
import { type Db, openForReading } from '../stores/database.ts'
import { keepsFacts } from '../stores/history.ts'
import { strategies } from '../strategies/index.ts'
import { costSource } from '../telemetry/cost-source.ts'
import { createPrices } from '../telemetry/prices.ts'
import { readPolicy } from './config-file.ts'
import { simulationText } from './simulate-text.ts'

export const SIMULATE_USAGE = 'gatehouse simulate --config NEW [--last 24h] [--route R] [--json]'

const USUAL_SPAN = '24h'
const DURATION = /^\d+(\.\d+)?(ms|s|m|h|d)$/

/** Where the requests of the last hours would have gone under a proposed config. Only reads; a gateway may run. */
export function simulateCommand(args: readonly string[]): string {
  const { values, switches, positionals } = readFlags(args, ['home', 'config', 'last', 'route'], ['json'])
  const { config, last = USUAL_SPAN } = values
  if (config === undefined || positionals.length > 0) throw new UsageError(`Usage: ${SIMULATE_USAGE}`)
  const spanMs = DURATION.test(last) ? readDuration(last) : 0
  if (spanMs === 0) throw new UsageError(`--last takes a duration such as 30m, 24h or 7d, not "${last}".`)
  const home = openHome(readHome(values.home, process.env), null)
  const policy = readPolicy(config, secretResolver(home.folder, process.env))
  const db = openStore(home.store)
  try {
    const to = Date.now()
    const prices = pricesOf(policy)
    const route = values.route ?? null
    const report = simulate({ db, policy, strategies, prices, from: to - spanMs, to, route })
    if (switches.has('json')) return `${JSON.stringify(report, null, 2)}\n`
    return simulationText(report, { config, last, warnings: policy.warnings })
  } finally {
    db.close()
  }
}

/** Throws a UsageError where nothing can be read from. */
function openStore(file: string): Db {
  if (!existsSync(file)) throw new UsageError(`${file} is not there: no gateway has run on this home yet.`)
  const db = openForReading(file)
  if (keepsFacts(db)) return db
  db.close()
  throw new UsageError(`${file} is of an earlier version, which did not keep what this needs: start the gateway once.`)
}

function pricesOf(policy: Policy): Prices {
  const kindOf = (provider: string) => providers.get(policy.providers.get(provider)?.kind ?? '')
  return {
    ...costSource(() => policy, providers, createPrices()),
    isSynthetic: (provider) => kindOf(provider)?.traits.synthetic ?? false,
  }
}
