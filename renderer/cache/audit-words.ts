import type { AuditRow } from '../../server/http/admin/schemas.ts'
import { formatBytes } from '../format.ts'
import { formatReplies } from './words.ts'

/** What somebody did, as a sentence. */
export function auditWords({ action, detail }: AuditRow): string {
  if (action === 'cache-purge') return purgeWords(detail)
  if (action === 'cache-review')
    return `Called the answer of look-up ${detail.look_up} ${detail.review} (${detail.route}, ${detail.tenant})`
  return `${action} ${JSON.stringify(detail)}`
}

function purgeWords({ selection, entries, bytes }: AuditRow['detail']): string {
  const { key, route, tenant } = (selection ?? {}) as { key?: string; route?: string; tenant?: string }
  const parts = [
    ...(key === undefined ? [] : [`reply ${key.slice(0, 12)}…`]),
    ...(route === undefined ? [] : [`route ${route}`]),
    ...(tenant === undefined ? [] : [`tenant ${tenant}`]),
  ]
  const what = parts.length === 0 ? 'everything' : parts.join(', ')
  if (typeof entries !== 'number' || typeof bytes !== 'number') return `Began to purge ${what}; it was cut short`
  return `Purged ${what}: ${formatReplies(entries)}, ${formatBytes(bytes)}`
}
