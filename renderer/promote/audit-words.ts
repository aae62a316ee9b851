import type { AuditRow } from '../../server/http/admin/schemas.ts'
import { shareWords } from './steps.ts'

/** What somebody, or the gateway by itself, did with a promotion. */
export function promotionWords({ action, detail }: Pick<AuditRow, 'action' | 'detail'>): string {
  const { route, candidate, state, share, why, override } = detail
  const sent = `${shareWords(Number(share))} of ${route}’s requests to ${candidate}`
  if (action === 'promotion-begin')
    return `Sent ${sent}${override == null ? '' : `, against the verdict: “${override}”`}`
  switch (state) {
    case 'running':
      return `Sent ${sent}: ${why}`
    case 'complete':
      return `Made ${candidate} the first target of ${route}`
    case 'rolled-back':
      return `Took ${route}’s traffic back from ${candidate}: ${why}`
    default:
      return `Ended the promotion of ${candidate} on ${route}: ${why}`
  }
}
