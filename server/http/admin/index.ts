import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../../core/errors.ts'
import type { HttpDeps } from '../context.ts'
import { cookieName } from './access.ts'
import { registerAnnotation } from './annotation.ts'
import { registerAnnotationLabels } from './annotation-labels.ts'
import { registerAudit } from './audit.ts'
import { registerBench } from './bench.ts'
import { registerCache } from './cache.ts'
import { registerCacheLookUps } from './cache-lookups.ts'
import { registerCacheQuality } from './cache-quality.ts'
import { registerConfig } from './config.ts'
import { registerDatasets } from './datasets.ts'
import { registerEvaluators } from './evaluators.ts'
import { registerEvents } from './events.ts'
import { registerExperiments } from './experiments.ts'
import { registerExplain } from './explain.ts'
import { registerGuardLabels } from './guardrail-labels.ts'
import { registerGuardTests } from './guardrail-tests.ts'
import { registerGuardTuning } from './guardrail-tuning.ts'
import { registerVerdicts } from './guardrail-verdicts.ts'
import { registerGuardrails } from './guardrails.ts'
import { registerPromotions } from './promotions.ts'
import { registerProviderSetup } from './provider-setup.ts'
import { registerProviders } from './providers.ts'
import { registerRequests } from './requests.ts'
import { registerRoutes } from './routes.ts'
import { registerRuns } from './runs.ts'
import { AdminError } from './schemas.ts'
import { registerSession } from './session.ts'
import { registerStats } from './stats.ts'
import { registerStatus } from './status.ts'
import { checkViewer } from './viewer.ts'

const PREFIX = '/admin/api'
/** Open to everyone: signing in, and finding out whether one is. */
const OPEN = new Set([`${PREFIX}/session`])

/** The admin API: apart from `/v1`, never open to keys of callers. */
export async function registerAdmin(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Gatehouse admin API', version: deps.admin.version },
        components: {
          securitySchemes: {
            token: { type: 'http', scheme: 'bearer', description: 'HOME/admin-token, or HOME/viewer-token to read' },
            session: { type: 'apiKey', in: 'cookie', name: 'gatehouse_PORT', description: 'made by POST session' },
          },
        },
        security: [{ token: [] }, { session: [] }],
      },
    })
    scope.addHook('onRequest', (request, _reply, done) => {
      const path = request.url.split('?')[0]!
      const role = deps.admin.access.roleOf(request.headers, cookieName(deps.admin.address().port))
      if (OPEN.has(path)) done()
      else if (role === null) done(signInFirst())
      else if (role === 'viewer') done(refusalOf(request))
      else done()
    })
    scope.addHook('onSend', (_request, reply, payload, done) => {
      void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
      done(null, payload)
    })
    scope.addHook('onRoute', (route) => {
      const responses = (route.schema?.response ?? {}) as Record<string, unknown>
      route.schema = { ...route.schema, response: { ...responses, '4xx': AdminError } }
    })
    registerSession(scope, deps)
    registerRequests(scope, deps)
    registerStats(scope, deps.admin)
    registerProviders(scope, deps)
    registerProviderSetup(scope, deps)
    registerRoutes(scope, deps)
    registerExplain(scope, deps)
    registerConfig(scope, deps)
    registerCache(scope, deps)
    registerCacheLookUps(scope, deps)
    registerCacheQuality(scope, deps)
    registerEvaluators(scope, deps.admin)
    registerExperiments(scope, deps)
    registerRuns(scope, deps)
    registerDatasets(scope, deps)
    registerPromotions(scope, deps)
    registerBench(scope, deps)
    registerAnnotation(scope, deps)
    registerAnnotationLabels(scope, deps)
    registerGuardrails(scope, deps)
    registerVerdicts(scope, deps)
    registerGuardTests(scope, deps)
    registerGuardLabels(scope, deps)
    registerGuardTuning(scope, deps)
    registerAudit(scope, deps.admin)
    registerEvents(scope, deps)
    registerStatus(scope, deps)
    scope.get(`${PREFIX}/openapi.json`, { schema: { summary: 'This document' } }, (_request, reply) => {
      void reply.type('application/json').send(JSON.stringify(scope.swagger()))
    })
  })
}

/** Why a viewer may not; `undefined` where one may. */
function refusalOf({ method, routeOptions }: FastifyRequest): Error | undefined {
  try {
    checkViewer(method, routeOptions.url ?? '')
    return undefined
  } catch (error) {
    return error as Error
  }
}

function signInFirst(): GatewayError {
  return new GatewayError('unauthenticated', 'The admin API wants its token or a session.', {
    hint: 'Send `Authorization: Bearer` with the content of HOME/admin-token, or sign in: `gatehouse signin` prints a link.',
  })
}
