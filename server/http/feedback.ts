import type { FastifyInstance } from 'fastify'
import { callerOf } from './caller-routes.ts'
import type { HttpDeps } from './context.ts'
import { readFeedback } from './feedback-body.ts'

/** A comment of 2,000 characters, each escaped, and room for the rest. */
const LARGEST_BODY = 16 * 1024

/** What apps tell of replies, e.g. a thumbs-down of their user. */
export function registerFeedback(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/v1/feedback', { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    const caller = callerOf(request, reply, deps)
    const work = deps.admin.experiments.feedback.add(caller, readFeedback(request.body))
    deps.traffic.follow(settled(work))
    const { id, requestId } = await work
    return reply.code(201).send({ id, request_id: requestId })
  })
}

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work])
}
