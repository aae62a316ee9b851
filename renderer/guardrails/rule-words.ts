/** How a rule is said. */
import type { GuardRuleRow } from '../../server/http/admin/schemas.ts'

export const stageWords: Record<GuardRuleRow['stage'], string> = {
  pre: 'the whole request',
  context: 'third-party text',
  post: 'the reply',
}

/** True for a rule that stands at the top of the file, for every route. */
export function isShared({ path }: Pick<GuardRuleRow, 'path'>): boolean {
  return path[0] === 'guardrails'
}
