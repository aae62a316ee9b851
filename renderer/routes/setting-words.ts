import type { RouteRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'

/** What sets a route apart from one that sets nothing, in a few words each. */
export function settingWords({ settings }: RouteRow): string[] {
  const { retry_max, retries_left, hedge, fallback, resume, priority, breaker, evaluators } = settings
  return [
    ...(retry_max > 0 ? [retry_max === 1 ? '1 retry' : `${retry_max} retries`] : []),
    ...(retries_left < 1 ? ['retry budget spent'] : []),
    ...(hedge === null ? [] : [`hedge after ${hedge === 'p95' ? 'p95' : formatDuration(Number.parseFloat(hedge))}`]),
    ...(resume ? ['resumes streams'] : []),
    ...(fallback ? [] : ['no fallback']),
    ...(priority === 'normal' ? [] : [`${priority} priority`]),
    ...(breaker === null ? ['no breaker'] : []),
    ...(evaluators.length > 0 ? [`judged by ${evaluators.join(', ')}`] : []),
  ]
}
