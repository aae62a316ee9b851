/** How promotions are said. */
import type { PromotionRow } from '../../server/http/admin/schemas.ts'

/** Who did what nobody did. */
const ITSELF = 'gatehouse'

export const stateWords: Record<PromotionRow['state'], string> = {
  running: 'Under way',
  'rolled-back': 'Rolled back',
  complete: 'Complete',
  ended: 'Ended',
}

/** The design token that a state is written in: what nobody meant to happen stands out. */
export function stateTone({ state, steps }: Pick<PromotionRow, 'state' | 'steps'>): string {
  switch (state) {
    case 'running':
      return 'running'
    case 'rolled-back':
      return isBySelf(steps) ? 'error' : 'ink'
    case 'complete':
      return 'ok'
    case 'ended':
      return 'ink-2'
  }
}

function isBySelf(steps: PromotionRow['steps']): boolean {
  return steps.at(-1)?.actor === ITSELF
}

/** What a state means for the traffic. */
export function outcomeWords({ state, route, candidate, steps }: PromotionRow): string {
  switch (state) {
    case 'running':
      return ''
    case 'rolled-back':
      return `${isBySelf(steps) ? 'It was taken back by itself' : 'Somebody took it back'}: all of ${route}’s traffic goes where it went before.`
    case 'complete':
      return `${candidate} is the first target of ${route}; the mirror and the rollout are out of the file.`
    case 'ended':
      return 'It does not go on: the rollout is no longer in the config file as it was set.'
  }
}

/** Who took a step. */
export function actorWords(actor: string): string {
  return actor === ITSELF ? 'by itself' : actor
}
