import { type Exchange, mainAttempt } from '../core/exchange.ts'
import { targetName } from '../core/policy.ts'

/** Characters of a cohort's value; longer ones are ids or texts rather than groups. */
const LONGEST = 64

/** What groups a request belongs to, by key: `tenant`, `team`, `model`, `stream`, `metadata.NAME`. */
export function cohortOf(keys: readonly string[], exchange: Exchange): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, textOf(factOf(key, exchange))]))
}

function factOf(key: string, exchange: Exchange): unknown {
  const { caller, stream } = exchange
  if (key === 'tenant' || key === 'team') return caller?.[key]
  if (key === 'stream') return stream
  const attempt = mainAttempt(exchange)
  if (key === 'model') return attempt && targetName(attempt.target)
  const name = key.slice('metadata.'.length)
  return caller && Object.hasOwn(caller.metadata, name) ? caller.metadata[name] : null
}

function textOf(value: unknown): string {
  const text = typeof value === 'object' ? null : String(value ?? '')
  return text === null || text === '' ? '-' : text.slice(0, LONGEST)
}
