import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import { isHarmful, type LabelledText } from '../../core/guard-label.ts'
import type { GuardTrialResult } from '../../core/guard-trial.ts'
import type { LabelFilter, LabelsRow } from '../../stores/verdicts-labels.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { toLabelRow } from './guardrail-rows.ts'
import { tryText, USUAL_ORIGIN } from './guardrail-tests.ts'
import { GuardLabelIds, GuardLabelled, GuardLabelPage } from './guardrail-tuning-schemas.ts'
import { GuardLabelWord } from './guardrail-words.ts'
import { cursorAfter, Name, Paging } from './paging.ts'
import { roleOf } from './viewer.ts'

const LARGEST_BODY = 2 * 1024 * 1024
/** Characters that are kept of a text that was tried. */
const LONGEST_EXCERPT = 300
/** Labels that are read at a time for an export. */
const EXPORT_PAGE = 500

const Filter = { route: Name, guardrail: Name, label: Type.Optional(GuardLabelWord) }
const ListQuery = Type.Object(
  {
    ...Filter,
    ...Paging(50, 500),
  },
  { additionalProperties: false },
)
const ExportQuery = Type.Object(Filter, { additionalProperties: false })

/** What people say of verdicts and texts: thresholds are tuned with it. */
export function registerGuardLabels(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, desk } = deps.admin
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/admin/api/guardrails/labels',
    {
      schema: { summary: 'The labelled set, newest first', querystring: ListQuery, response: { 200: GuardLabelPage } },
    },
    async (request): Promise<GuardLabelPage> => {
      const { limit = 50, cursor = null, ...filter } = request.query
      const rows = await reader.ask<LabelsRow[]>('labels', filter satisfies LabelFilter, cursor, limit)
      const role = roleOf(request, deps)
      return {
        data: rows.map((row) => toLabelRow(row, role)),
        next_cursor: cursorAfter(rows, limit),
      }
    },
  )
  app.get<{ Querystring: Static<typeof ExportQuery> }>(
    '/admin/api/guardrails/labels.jsonl',
    {
      schema: {
        summary: 'The labelled set as a file, a line of JSON each',
        querystring: ExportQuery,
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const role = roleOf(request, deps)
      const lines: string[] = []
      for (let cursor: number | null = null; ; ) {
        const rows: LabelsRow[] = await reader.ask('labels', request.query, cursor, EXPORT_PAGE)
        lines.push(...rows.map((row) => `${JSON.stringify(toLabelRow(row, role))}\n`))
        if (rows.length < EXPORT_PAGE) break
        cursor = rows.at(-1)!.id
      }
      return reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="guardrail-labels.jsonl"')
        .send(lines.join(''))
    },
  )
  app.post<{ Body: GuardLabelled }>(
    '/admin/api/guardrails/labels',
    {
      bodyLimit: LARGEST_BODY,
      schema: {
        summary: 'Say whether a verdict was right, or whether a text should have been found',
        description:
          'A text is looked at once more for its score, one label a guardrail; of the text itself a redacted excerpt is kept. It stands in the audit trail.',
        body: GuardLabelled,
        response: { 200: GuardLabelIds },
      },
    },
    async (request): Promise<GuardLabelIds> => {
      const actor = actorOf(request, deps)
      const at = Date.now()
      if ('verdict' in request.body) {
        const { verdict, label } = request.body
        const id = await desk.ask({ type: 'label-verdict', verdict, harmful: isHarmful(label), actor, at })
        if (id === null)
          throw new GatewayError('not_found', `There is no verdict ${verdict}.`, {
            hint: 'It may have made room for newer ones.',
          })
        await deps.admin.experiments.annotation.labelled(verdict)
        return { ids: [id] }
      }
      const { label, ...body } = request.body
      const results = await tryText(body, deps)
      const known = results.filter(({ looked, verdict }) => looked && verdict !== 'error')
      if (known.length === 0)
        throw new GatewayError('invalid_request', 'No guardrail could tell anything of this text.', {
          hint: 'Its origin may mean nothing to them; try it first, and see why.',
        })
      const ids: number[] = []
      for (const result of known) {
        const text = labelledText(result, label, body.route ?? null, body.origin)
        ids.push(await desk.ask({ type: 'label-text', text, actor, at }))
      }
      return { ids }
    },
  )
  app.delete<{ Params: { id: number } }>(
    '/admin/api/guardrails/labels/:id',
    {
      schema: {
        summary: 'Take a label back',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      if (!(await desk.ask({ type: 'remove-label', id, actor: actorOf(request, deps), at: Date.now() })))
        throw new GatewayError('not_found', `There is no label ${id}.`)
      return reply.code(204).send()
    },
  )
}

function labelledText(
  { rule, score, threshold, category, excerpt, highlight }: GuardTrialResult,
  label: LabelledText['label'],
  route: string | null,
  origin = USUAL_ORIGIN[rule.stage],
): LabelledText {
  const isWhole = excerpt.length <= LONGEST_EXCERPT
  return {
    ...{ label, route, origin, score, threshold, category },
    guardrail: route === null ? null : rule.name,
    kind: rule.kind.kind,
    stage: rule.stage,
    excerpt: isWhole ? excerpt : `${excerpt.slice(0, LONGEST_EXCERPT - 1)}…`,
    highlight: highlight !== null && (isWhole || highlight[1] < LONGEST_EXCERPT) ? highlight : null,
  }
}
