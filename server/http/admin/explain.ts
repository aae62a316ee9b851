import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../../core/errors.ts'
import { type ExplainDeps, explain } from '../../pipeline/explain.ts'
import { redactor } from '../../telemetry/redact.ts'
import type { HttpDeps } from '../context.ts'
import { readExplainAsk } from './explain-ask.ts'
import { ExplainBody, Explanation } from './explain-schemas.ts'
import { redacted, toExplanation } from './explanation.ts'

/** More than any body that a person pastes, images included; the config's `server.max_body` holds besides. */
const LARGEST_BODY = 32 * 1024 * 1024

/** What would be done with a request, without calling anyone. */
export function registerExplain(app: FastifyInstance, { pipeline, policy }: HttpDeps): void {
  const redact = redactor(policy)
  app.post<{ Params: { route: string }; Body: Record<string, unknown> }>(
    '/admin/api/routes/:route/explain',
    {
      bodyLimit: LARGEST_BODY,
      schema: {
        summary: 'What would happen to a request on a route',
        description: 'Calls nobody and changes nothing. Of the headers nothing is told but metadata.',
        body: ExplainBody,
        response: { 200: Explanation },
      },
    },
    async ({ params, body }): Promise<Explanation> =>
      redacted(explainRequest(pipeline, params.route, body, true), redact),
  )
}

/**
 * Explains what `ExplainBody` allows; `live` is false where no gateway stands behind `deps`. Throws `not_found` for a
 * route that is not there, else what the request would be refused with.
 */
export function explainRequest(
  deps: ExplainDeps,
  route: string,
  body: Readonly<Record<string, unknown>>,
  live: boolean,
): Explanation {
  try {
    return toExplanation(explain(deps, readExplainAsk(route, body)), deps.signals.now(), live)
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'unknown_route') throw error
    const hint = error.hint?.includes('direct_access') ? error.hint : undefined
    const known = [...deps.policy().routes.keys()].join(', ')
    throw new GatewayError('not_found', error.message, { hint: hint ?? `These are: ${known}.` })
  }
}
