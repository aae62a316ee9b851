import type { AddedItems } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ItemSource, TraceTally } from './traces.ts'

/**
 * Why nothing comes of what was found, and what to do; `null` where there is something new. `routes`: those there are now.
 */
export function emptyReason(
  source: ItemSource,
  tally: TraceTally,
  { added, duplicates }: AddedItems,
  routes?: readonly string[],
): GatewayError | null {
  if (added > 0) return null
  if (duplicates > 0)
    return refused(
      'Everything that was found stands in the version that it would begin with.',
      'There is nothing to add.',
    )
  const route = source.kind === 'labels' ? source.route : source.selection.route
  if (tally.requests === 0 && routes && !routes.includes(route))
    return new GatewayError('unknown_route', `There is no route ${route}, and nothing of one is stored.`, {
      hint: `Routes are: ${routes.join(', ')}.`,
    })
  return source.kind === 'labels' ? noLabels(source.route) : noTraces(source.selection.route, tally)
}

function noLabels(route: string): GatewayError {
  return refused(
    `Nobody has labelled a request of ${route} whose texts are kept.`,
    'Label some in the annotation queue first.',
  )
}

function noTraces(route: string, { requests, kept, matching, drawn }: TraceTally): GatewayError {
  if (requests === 0)
    return refused(`No request for ${route} was recorded in this time.`, 'Take more days, or another route.')
  if (kept === 0)
    return refused(
      `Of ${counted(requests, 'request')} for ${route} in this time no texts are kept.`,
      'Set `content: {}` on the route in the config: of later requests they are, redacted.',
    )
  if (matching === 0)
    return refused(`None of ${counted(kept, 'request')} whose texts are kept meets the conditions.`, 'Loosen `where`.')
  if (drawn === 0)
    return refused(`None of ${counted(matching, 'request')} that match was drawn.`, 'Take a larger `sample`.')
  return refused('The texts of what was drawn are past their time.', 'Take fewer days, or keep texts for longer.')
}

function refused(message: string, hint: string): GatewayError {
  return new GatewayError('invalid_request', message, { hint })
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
