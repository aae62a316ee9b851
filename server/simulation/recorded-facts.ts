import type { Facts } from '../core/facts.ts'
import type { PastRequest } from '../stores/history.ts'

/** Columns by the facts that they hold. */
const COLUMNS = { tenant: 'tenant', team: 'team', key: 'key_id', user: 'user', session: 'session' } as const

/**
 * What predicates may ask, out of the record of a request. `missing` is told of each fact of the request that is asked
 * for and was not recorded; metadata that is not there was not sent.
 */
export function recordedFacts(
  request: PastRequest,
  recorded: Readonly<Record<string, unknown>>,
  missing: (path: string) => void,
): Facts {
  return (path) => {
    if (Object.hasOwn(COLUMNS, path)) return request[COLUMNS[path as keyof typeof COLUMNS]]
    if (Object.hasOwn(recorded, path)) return unclear(path, recorded[path]) ? undefined : recorded[path]
    if (path.startsWith('request.')) missing(path)
    return undefined
  }
}

/** A language that could be several is recorded as `null`, and is not there for predicates. */
function unclear(path: string, value: unknown): boolean {
  return path === 'request.language' && value === null
}
