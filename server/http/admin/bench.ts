import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { memoryOf } from '../../attempts/memory.ts'
import { GatewayError } from '../../core/errors.ts'
import { splitTarget, type Target } from '../../core/policy.ts'
import { openaiChat } from '../../dialects/openai-chat/index.ts'
import { bench } from '../../experiments/bench.ts'
import type { HttpDeps } from '../context.ts'
import { SECURITY_HEADERS } from '../static-ui.ts'
import { BenchBody } from './bench-schemas.ts'

/** One prompt, several models, side by side. */
export function registerBench(app: FastifyInstance, deps: HttpDeps): void {
  app.post<{ Body: BenchBody }>(
    '/admin/api/bench',
    {
      schema: {
        summary: 'Ask up to four models the same and watch, as server-sent events: BenchEvent',
        description: 'Each further reply is kept as a pair with the first.',
        body: BenchBody,
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const {
        targets,
        messages,
        max_tokens: maxTokens = null,
        temperature = null,
        in_turn: inTurn = true,
      } = request.body
      const order = { messages, maxTokens, temperature, inTurn, targets: targets.map((text) => targetOf(text, deps)) }
      reply.hijack()
      const response = reply.raw
      const gone = new AbortController()
      response.on('error', () => {})
      response.once('close', () => gone.abort())
      response.writeHead(200, {
        ...SECURITY_HEADERS,
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      const { store, runOwn } = deps.admin.experiments
      await bench(
        { ...order, caller: OPERATOR },
        {
          runOwn,
          store,
          dialect: openaiChat,
          memoryOf: (target) => memoryOf(target, { ...deps.admin, policy: deps.policy() }),
        },
        (event) => void response.write(`data: ${JSON.stringify(event)}\n\n`),
        gone.signal,
      ).catch(deps.admin.onFault)
      response.end()
    },
  )
}

/** Whoever is signed in. */
const OPERATOR = { tenant: 'local', team: null, key: null, routes: null, session: null, user: null, metadata: {} }

function targetOf(text: string, { policy }: HttpDeps): Target {
  const target = splitTarget(text)!
  if (policy().providers.has(target.provider)) return { ...target, weight: 1 }
  throw new GatewayError('invalid_request', `There is no provider "${target.provider}".`, {
    hint: `Providers of the config: ${[...policy().providers.keys()].join(', ')}.`,
  })
}
