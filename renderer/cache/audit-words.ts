import type { AuditRow } from '../../server/http/admin/schemas.ts'
import { formatBytes } from '../format.ts'
import { promotionWords } from '../promote/audit-words.ts'
import { formatReplies } from './words.ts'

/** What somebody did, as a sentence. */
export function auditWords(row: AuditRow): string {
  const { action, detail } = row
  if (action === 'cache-purge') return purgeWords(detail)
  if (action === 'cache-review')
    return `Called the answer of look-up ${detail.look_up} ${detail.review} (${detail.route}, ${detail.tenant})`
  if (action === 'guard-label') return `Called ${guardWords(detail)} ${wordOf(detail)}`
  if (action === 'guard-label-remove') return `Took back that ${guardWords(detail)} was called ${wordOf(detail)}`
  if (action.startsWith('annotation-')) return annotationWords(action, detail)
  if (action === 'config-save') return configWords(detail)
  if (action === 'promotion-begin' || action === 'promotion-step') return promotionWords(row)
  return `${action} ${JSON.stringify(detail)}`
}

function annotationWords(action: string, { as, item, labels, assignee }: AuditRow['detail']): string {
  const said = Object.entries((labels ?? {}) as Record<string, string>).map(([name, label]) => `${name} ${label}`)
  const words: Record<string, string> = {
    'annotation-queue': `put item ${item} into the annotation queue`,
    'annotation-label': `labelled item ${item}: ${said.join(', ')}`,
    'annotation-assign': `assigned item ${item} to ${assignee ?? 'nobody'}`,
    'annotation-skip': `skipped item ${item}`,
  }
  return `${as} ${words[action] ?? action}`
}

function guardWords({ verdict, route, guardrail, kind }: AuditRow['detail']): string {
  const what = verdict == null ? 'a text' : `verdict ${verdict}`
  return `${what} (${route === null ? `${kind}, by itself` : `${route}, ${guardrail}`})`
}

function wordOf({ label }: AuditRow['detail']): string {
  return label === 'false-positive' ? 'a false positive' : String(label)
}

interface GuardChange {
  route: string
  guardrail: string
  change: string
  settings?: Record<string, [before: unknown, after: unknown]>
}

function configWords({ to, guardrails }: AuditRow['detail']): string {
  const changes = (guardrails as GuardChange[]).map(({ route, guardrail, change, settings = {} }) => {
    const turned = Object.entries(settings).map(
      ([name, [before, after]]) => `${name} ${before ?? 'its own'} → ${after ?? 'its own'}`,
    )
    return `${guardrail} on ${route} ${turned.length === 0 ? change : turned.join(', ')}`
  })
  return [`Saved the config as revision ${String(to).slice(0, 8)}`, ...changes].join('; ')
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
