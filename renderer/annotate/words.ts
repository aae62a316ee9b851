/** How the queue is said. */
import type { AnnotationRow } from '../../server/http/admin/schemas.ts'
import type { AnnotationFilter } from './annotation-api.ts'
import type { ItemState, Reason } from './shapes.ts'

export const reasonWords: Record<Reason, string> = {
  'evaluator-fail': 'failed an evaluator',
  'judge-disagreement': 'judge of two minds',
  'guardrail-dispute': 'guardrail disputed',
  'thumbs-down': 'thumbs-down',
  sample: 'sample',
  'by-hand': 'by hand',
}

/** The design token that a reason is written in. */
export const reasonTones: Record<Reason, string> = {
  'evaluator-fail': 'error',
  'judge-disagreement': 'synthetic',
  'guardrail-dispute': 'refused',
  'thumbs-down': 'fallback',
  sample: 'ink-3',
  'by-hand': 'running',
}

export const stateWords: Record<ItemState, string> = { open: 'open', done: 'done', skipped: 'skipped' }

/** Why it is in the queue, but for what judges said. */
export function withoutScores({ reason, detail }: Pick<AnnotationRow, 'reason' | 'detail'>) {
  const isJudged = reason === 'evaluator-fail' || reason === 'judge-disagreement'
  return isJudged ? { reason: null, detail: null } : { reason, detail }
}

type Narrowed = Pick<AnnotationFilter, 'state' | 'assignee' | 'unlabelled_by'>

/** What of the queue is listed; `me` is the name of whoever labels. */
export const views: readonly { id: string; name: string; narrow: (me: string) => Narrowed }[] = [
  { id: 'todo', name: 'To label', narrow: (me) => ({ state: 'open', assignee: null, unlabelled_by: me }) },
  { id: 'mine', name: 'Assigned to me', narrow: (me) => ({ state: 'open', assignee: me, unlabelled_by: null }) },
  {
    id: 'second',
    name: 'Second opinion',
    narrow: (me) => ({ state: 'done', assignee: null, unlabelled_by: me }),
  },
  { id: 'done', name: 'Done', narrow: () => ({ state: 'done', assignee: null, unlabelled_by: null }) },
  { id: 'skipped', name: 'Skipped', narrow: () => ({ state: 'skipped', assignee: null, unlabelled_by: null }) },
  { id: 'all', name: 'All of it', narrow: () => ({ state: null, assignee: null, unlabelled_by: null }) },
]

/** What a kappa is called, after Landis and Koch 1977, “The measurement of observer agreement for categorical data”. */
export function kappaWord(kappa: number): string {
  if (kappa < 0) return 'worse than chance'
  if (kappa <= 0.2) return 'slight'
  if (kappa <= 0.4) return 'fair'
  if (kappa <= 0.6) return 'moderate'
  if (kappa <= 0.8) return 'substantial'
  return 'almost perfect'
}
