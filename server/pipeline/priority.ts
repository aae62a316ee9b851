import type { IncomingHttpHeaders } from 'node:http'
import { GatewayError } from '../core/errors.ts'
import type { Plan } from '../core/exchange.ts'
import { PRIORITIES, type Priority } from '../core/policy.ts'

/** The route's class, or what `x-gatehouse-priority` asks for where that is lower. Throws `invalid_header`. */
export function priorityOf(headers: IncomingHttpHeaders, plan: Plan): Priority {
  const asked = headers['x-gatehouse-priority']
  if (asked === undefined) return plan.settings.priority
  const place = PRIORITIES.indexOf(asked as Priority)
  if (place < 0)
    throw new GatewayError('invalid_header', '`x-gatehouse-priority` is no priority.', {
      hint: `Send one of ${PRIORITIES.join(', ')}; it can only lower the route's own.`,
    })
  return PRIORITIES[Math.max(place, PRIORITIES.indexOf(plan.settings.priority))]!
}
