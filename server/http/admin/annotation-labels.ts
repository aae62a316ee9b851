import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AnnotationCommand, AnnotationState, Criterion, Labeller, Labels } from '../../core/annotation.ts'
import { GatewayError } from '../../core/errors.ts'
import { cleanComment } from '../../experiments/annotation/comment.ts'
import type { AnnotationDetail } from '../../stores/experiments/annotations.ts'
import type { RequestsRow } from '../../stores/requests.ts'
import type { HttpDeps } from '../context.ts'
import { criteriaOf } from './annotation-rows.ts'
import {
  AnnotationAssignBody,
  AnnotationChanged,
  AnnotationLabelBody,
  AnnotationParams,
  AnnotationQueueBody,
  AnnotationQueued,
  AnnotationSkipBody,
} from './annotation-schemas.ts'
import { actorOf } from './audit.ts'

type OfItem = { Params: AnnotationParams }
type Change = 'label-annotation' | 'assign-annotation' | 'skip-annotation'

/** What people say of items, and what they do with them. */
export function registerAnnotationLabels(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, experiments, cache } = deps.admin
  const change = async <T extends Change>(command: AnnotationCommand & { type: T; item: number }) => {
    const changed: { state: AnnotationState } | null = await experiments.store.ask<Change>(command)
    if (changed === null) throw noItem(command.item)
    return { id: command.item, ...changed }
  }
  app.post<OfItem & { Body: AnnotationLabelBody }>(
    '/admin/api/annotation/:id/label',
    {
      schema: {
        summary: 'Say what you think of a reply, in place of what you said before',
        description: 'A label of `guardrail` is one of the disputed verdict, too; one of `cache` of the look-up.',
        params: AnnotationParams,
        body: AnnotationLabelBody,
        response: { 200: AnnotationChanged },
      },
    },
    async (request): Promise<AnnotationChanged> => {
      const { id } = request.params
      const { as, label: labels } = request.body
      const detail = await readAnnotation(deps, id)
      checkLabels(labels, criteriaOf(deps.policy().annotation.rubric, detail))
      const comment = await cleanComment(experiments.afterwards.clean, request.body.comment ?? null)
      const by = labellerOf(request, deps, as)
      const changed = await change({ type: 'label-annotation', item: id, labels, comment, by, at: Date.now() })
      if (labels.cache !== undefined)
        await cache.review(detail.lookUp!.id, labels.cache as 'right' | 'wrong', by.letInBy)
      return changed
    },
  )
  app.post<OfItem & { Body: AnnotationAssignBody }>(
    '/admin/api/annotation/:id/assign',
    {
      schema: {
        summary: 'Say whose label an item waits for; null: anyone’s',
        params: AnnotationParams,
        body: AnnotationAssignBody,
        response: { 200: AnnotationChanged },
      },
    },
    (request): Promise<AnnotationChanged> => {
      const { as, assignee } = request.body
      const by = labellerOf(request, deps, as)
      return change({ type: 'assign-annotation', item: request.params.id, assignee, by, at: Date.now() })
    },
  )
  app.post<OfItem & { Body: AnnotationSkipBody }>(
    '/admin/api/annotation/:id/skip',
    {
      schema: {
        summary: 'Put an open item aside: it is not worth a label',
        params: AnnotationParams,
        body: AnnotationSkipBody,
        response: { 200: AnnotationChanged },
      },
    },
    (request): Promise<AnnotationChanged> => {
      const by = labellerOf(request, deps, request.body.as)
      return change({ type: 'skip-annotation', item: request.params.id, by, at: Date.now() })
    },
  )
  app.post<{ Body: AnnotationQueueBody }>(
    '/admin/api/annotation',
    {
      schema: {
        summary: 'Put a request into the queue by hand',
        description: 'Its texts are there only where they were kept. One that is in the queue already stays as it is.',
        body: AnnotationQueueBody,
        response: { 201: AnnotationQueued },
      },
    },
    async (request, reply) => {
      const { as, request_id: requestId } = request.body
      const found = await reader.ask<RequestsRow | null>('request', requestId)
      if (found === null) throw new GatewayError('not_found', `There is no request ${requestId}.`)
      const { route, tenant } = found
      const at = Date.now()
      const queued = await experiments.store.ask({
        type: 'queue-annotation',
        item: { requestId, route, tenant, reason: 'by-hand', detail: `by ${as}`, verdict: null, at },
        content: null,
        keptUntil: at + deps.policy().annotation.keepMs,
        maxOpen: null,
        by: labellerOf(request, deps, as),
      })
      return reply.code(201).send({ id: (queued as { id: number }).id })
    },
  )
}

/** Everything about one item. Throws `not_found`. */
export async function readAnnotation({ admin }: HttpDeps, id: number): Promise<AnnotationDetail> {
  const found = await admin.reader.ask<AnnotationDetail | null>('annotation', id)
  if (found === null) throw noItem(id)
  return found
}

/** Throws `invalid_request` for what is not asked, or not answered so. */
function checkLabels(labels: Labels, criteria: readonly Criterion[]): void {
  const given = Object.entries(labels)
  if (given.length === 0) throw new GatewayError('invalid_request', 'There is no label.', { param: 'label' })
  for (const [name, label] of given) {
    const criterion = criteria.find((each) => each.name === name)
    if (!criterion)
      throw new GatewayError('invalid_request', `Nobody asks for \`${name}\` here.`, {
        param: `label.${name}`,
        hint: `These are asked: ${criteria.map((each) => each.name).join(', ')}.`,
      })
    if (!criterion.labels.includes(label))
      throw new GatewayError('invalid_request', `\`${name}\` is not answered with "${label}".`, {
        param: `label.${name}`,
        hint: `The labels are ${criterion.labels.join(', ')}.`,
      })
  }
}

function labellerOf(request: FastifyRequest, deps: HttpDeps, as: string): Labeller {
  return { name: as, letInBy: actorOf(request, deps) }
}

function noItem(id: number): GatewayError {
  return new GatewayError('not_found', `There is no item ${id} in the annotation queue.`)
}
