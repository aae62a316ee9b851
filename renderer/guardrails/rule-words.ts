/** How a rule is said. */
import type { GuardRuleRow, Guardrails } from '../../server/http/admin/schemas.ts'

export const stageWords: Record<GuardRuleRow['stage'], string> = {
  pre: 'the whole request',
  context: 'third-party text',
  post: 'the reply',
}

/** True for a rule that stands at the top of the file, for every route. */
export function isShared({ path }: Pick<GuardRuleRow, 'path'>): boolean {
  return path[0] === 'guardrails'
}

type Routes = Guardrails['routes']

/** Those of the routes that have a rule. */
export function guardedOf(routes: Routes): Routes {
  return routes.filter(({ rules }) => rules.length > 0)
}

/** A rule where it stands. */
export interface RouteRule {
  route: string
  rule: GuardRuleRow
}

/** The rules of all routes, one by one. */
export function rulesOf(routes: Routes): RouteRule[] {
  return routes.flatMap(({ route, rules }) => rules.map((rule) => ({ route, rule })))
}
