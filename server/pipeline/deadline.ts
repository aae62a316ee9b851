import type { IncomingHttpHeaders } from 'node:http'
import { GatewayError } from '../core/errors.ts'
import type { Plan } from '../core/exchange.ts'

/**
 * `performance.now()` milliseconds at which a request is given up: the route's total, or what
 * `x-gatehouse-timeout` asks for where that is sooner. Throws `invalid_header`.
 */
export function deadlineOf(headers: IncomingHttpHeaders, plan: Plan, startedAt: number): number {
  const text = headers['x-gatehouse-timeout']
  if (text === undefined) return startedAt + plan.settings.timeouts.totalMs
  const asked = typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : 0
  if (asked < 1)
    throw new GatewayError('invalid_header', '`x-gatehouse-timeout` is not a number of milliseconds.', {
      hint: 'Send for example x-gatehouse-timeout: 30000.',
    })
  return startedAt + Math.min(asked, plan.settings.timeouts.totalMs)
}
