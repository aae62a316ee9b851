import type {
  AnnotationAnswers,
  AnnotationCommand,
  AnnotationState,
  QueuedAnnotation,
  QueueOutcome,
} from '../../core/annotation.ts'
import { type GuardLabelWord, isHarmful } from '../../core/guard-label.ts'
import { AuditWriter } from '../audit.ts'
import { type Db, writing } from '../database.ts'
import { LabelWriter } from '../verdicts-labels.ts'
import { FeedbackWriter } from './feedback.ts'

type Of<T extends AnnotationCommand['type']> = AnnotationCommand & { type: T }

/** What of a row of `annotation_items` is needed to change it. */
interface QueueItem {
  id: number
  request_id: string
  state: AnnotationState
  reason: string
  assignee: string | null
  verdict: number | null
}

/** Writes feedback and the annotation queue. What people did stands in the audit trail, in the same transaction. */
export class AnnotationWriter {
  readonly #db: Db
  readonly #audit: AuditWriter
  readonly #guardLabels: LabelWriter
  readonly #feedback: FeedbackWriter
  readonly #statements

  constructor(db: Db) {
    this.#db = db
    this.#audit = new AuditWriter(db)
    this.#guardLabels = new LabelWriter(db)
    this.#feedback = new FeedbackWriter(db)
    this.#statements = prepare(db)
  }

  /** Returns what `AnnotationAnswers` says of the command. */
  do(command: AnnotationCommand): unknown {
    return writing(this.#db, () => this.#do(command))()
  }

  #do(command: AnnotationCommand): unknown {
    switch (command.type) {
      case 'add-feedback':
        return this.#addFeedback(command)
      case 'queue-annotation':
        return this.#queueFor(command)
      case 'label-annotation':
        return this.#label(command)
      case 'assign-annotation':
        return this.#assign(command)
      case 'skip-annotation':
        return this.#skip(command)
    }
  }

  #addFeedback({ feedback, queue }: Of<'add-feedback'>): AnnotationAnswers['add-feedback'] {
    const added = this.#feedback.add(feedback)
    return typeof added === 'string' ? added : { ...added, queued: queue && this.#queue(queue).outcome }
  }

  #queueFor(command: Of<'queue-annotation'>): QueueOutcome {
    const { by, item } = command
    const answer = this.#queue(command)
    if (by !== null && answer.outcome === 'queued')
      this.#note(by, item.at, 'annotation-queue', { item: answer.id, request: item.requestId })
    return answer
  }

  #queue({ item, content, keptUntil, maxOpen }: QueuedAnnotation): QueueOutcome {
    const { requestId, route, tenant, reason, detail, verdict, at } = item
    const known = this.#statements.ofRequest.get(requestId) as QueueItem | undefined
    if (known) {
      // What somebody complained of says more than a lot that was drawn.
      if (known.state === 'open' && (known.reason === 'sample' || verdict !== null))
        this.#statements.requeue.run(reason, detail, verdict, known.id)
    } else if (maxOpen !== null && (this.#statements.countOpen.get() as number) >= maxOpen) return { outcome: 'full' }
    if (content !== null)
      this.#statements.keep.run({
        ...{ requestId, route, tenant },
        request: content.request && JSON.stringify(content.request),
        reply: content.reply && JSON.stringify(content.reply),
        until: Math.floor(content.expiresAt),
      })
    this.#statements.keepLonger.run(Math.floor(keptUntil), requestId, at)
    if (known) return { outcome: 'known', id: known.id }
    const added = this.#statements.insert.run(Math.floor(at), requestId, route, tenant, reason, detail, verdict)
    return { outcome: 'queued', id: Number(added.lastInsertRowid) }
  }

  #label({ item, labels, comment, by, at }: Of<'label-annotation'>): AnnotationAnswers['label-annotation'] {
    const found = this.#find(item)
    if (!found) return null
    this.#statements.label.run(item, by.name, Math.floor(at), JSON.stringify(labels), comment)
    this.#note(by, at, 'annotation-label', { item, request: found.request_id, labels })
    const said = labels.guardrail
    if (said !== undefined && found.verdict !== null)
      this.#guardLabels.labelVerdict(found.verdict, isHarmful(said as GuardLabelWord), by.letInBy, at)
    return this.#setState(found, this.#isLabelled(found) ? 'done' : 'open')
  }

  #assign({ item, assignee, by, at }: Of<'assign-annotation'>): AnnotationAnswers['assign-annotation'] {
    const found = this.#find(item)
    if (!found) return null
    const assigned = { ...found, assignee }
    this.#statements.assign.run(assignee, item)
    this.#note(by, at, 'annotation-assign', { item, request: found.request_id, assignee })
    if (found.state === 'skipped' && assignee === null) return { state: 'skipped' }
    return this.#setState(assigned, this.#isLabelled(assigned) ? 'done' : 'open')
  }

  #skip({ item, by, at }: Of<'skip-annotation'>): AnnotationAnswers['skip-annotation'] {
    const found = this.#find(item)
    if (!found) return null
    if (found.state !== 'open') return { state: found.state }
    this.#note(by, at, 'annotation-skip', { item, request: found.request_id })
    return this.#setState(found, 'skipped')
  }

  /** It has the label of the one it is for or, where it is for nobody, of anyone. */
  #isLabelled({ id, assignee }: QueueItem): boolean {
    return this.#statements.isLabelled.get(id, assignee, assignee) !== undefined
  }

  #setState({ id }: QueueItem, state: AnnotationState): { state: AnnotationState } {
    this.#statements.setState.run(state, id)
    return { state }
  }

  #find(item: number): QueueItem | undefined {
    return this.#statements.find.get(item) as QueueItem | undefined
  }

  #note(by: { name: string; letInBy: string }, at: number, action: string, detail: object): void {
    this.#audit.add({ at, actor: by.letInBy, action, detail: { as: by.name, ...detail } })
  }
}

function prepare(db: Db) {
  const columns = 'id, request_id, state, reason, assignee, verdict'
  return {
    find: db.prepare(`SELECT ${columns} FROM annotation_items WHERE id = ?`),
    ofRequest: db.prepare(`SELECT ${columns} FROM annotation_items WHERE request_id = ?`),
    countOpen: db.prepare("SELECT count(*) FROM annotation_items WHERE state = 'open'").pluck(),
    insert: db.prepare(
      'INSERT INTO annotation_items (at, request_id, route, tenant, reason, detail, verdict) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    requeue: db.prepare(
      'UPDATE annotation_items SET reason = ?, detail = ?, verdict = coalesce(?, verdict) WHERE id = ?',
    ),
    keep: db.prepare(
      `INSERT INTO contents (request_id, route, tenant, request, reply, expires_at)
      VALUES ($requestId, $route, $tenant, $request, $reply, $until) ON CONFLICT (request_id) DO UPDATE SET
        request = coalesce(request, excluded.request), reply = coalesce(reply, excluded.reply),
        expires_at = max(expires_at, excluded.expires_at)`,
    ),
    keepLonger: db.prepare(
      'UPDATE contents SET expires_at = max(expires_at, ?) WHERE request_id = ? AND expires_at > ?',
    ),
    label: db.prepare(
      `INSERT INTO annotation_labels (item, actor, at, label, comment) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET at = excluded.at, label = excluded.label, comment = excluded.comment`,
    ),
    isLabelled: db.prepare('SELECT 1 FROM annotation_labels WHERE item = ? AND (? IS NULL OR actor = ?) LIMIT 1'),
    assign: db.prepare('UPDATE annotation_items SET assignee = ? WHERE id = ?'),
    setState: db.prepare('UPDATE annotation_items SET state = ? WHERE id = ?'),
  }
}
