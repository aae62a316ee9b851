import type { AddedItems, Dataset, DatasetAnswer, DatasetCommand, DatasetItem } from '../../core/dataset.ts'
import { AuditWriter } from '../audit.ts'
import { type Db, writing } from '../database.ts'
import { DatasetItemWriter } from './dataset-item-writer.ts'
import { findDataset } from './datasets.ts'

type Of<T extends DatasetCommand['type']> = DatasetCommand & { type: T }
type State = 'filling' | 'ready' | 'gone'
type Deed = 'dataset-create' | 'dataset-add' | 'dataset-remove' | 'dataset-delete'

/** Writes datasets. What people do stands in the audit trail, in the same transaction. */
export class DatasetWriter {
  readonly #db: Db
  readonly #items: DatasetItemWriter
  readonly #audit: AuditWriter
  readonly #begin
  readonly #find
  readonly #setState
  readonly #freeze
  readonly #forget

  /** What was being filled when an earlier process ended is given up. */
  constructor(db: Db) {
    this.#db = db
    this.#items = new DatasetItemWriter(db)
    this.#audit = new AuditWriter(db)
    this.#begin = db.prepare(
      `INSERT INTO datasets (id, name, version, note, created_at, actor, source, state)
      SELECT $id, $name, coalesce(max(version), 0) + 1, $note, $createdAt, $actor, $source, 'filling'
      FROM datasets WHERE name = $name`,
    )
    this.#find = db.prepare('SELECT state, frozen_at FROM datasets WHERE id = ?')
    // The name and version of what is gone are free at once.
    this.#setState = db.prepare(
      "UPDATE datasets SET state = $state, name = CASE $state WHEN 'gone' THEN id ELSE name END WHERE id = $id",
    )
    this.#freeze = db.prepare("UPDATE datasets SET frozen_at = coalesce(frozen_at, ?) WHERE id = ? AND state = 'ready'")
    this.#forget = db.prepare("DELETE FROM datasets WHERE state = 'gone'")
    db.exec("UPDATE datasets SET state = 'gone', name = id WHERE state = 'filling'")
  }

  /** Returns what `DatasetAnswers` says of the command. */
  do(command: DatasetCommand): unknown {
    return writing(this.#db, () => this.#do(command))()
  }

  /** Takes away so many items of versions that are gone, and at last those; returns how many items. */
  sweep(limit: number): number {
    return writing(this.#db, () => {
      const removed = this.#items.sweep(limit)
      if (removed === 0) this.#forget.run()
      return removed
    })()
  }

  #do(command: DatasetCommand): unknown {
    const { id } = command.type === 'begin-dataset' ? command.dataset : command
    switch (command.type) {
      case 'begin-dataset':
        this.#begin.run({ ...command.dataset, createdAt: Math.floor(command.dataset.createdAt) })
        return null
      case 'copy-dataset-items':
        return this.#change(id, 'filling', () => this.#items.copy(id, command.from, command.after, command.limit))
      case 'fill-dataset':
        return this.#add(id, 'filling', command.items)
      case 'finish-dataset':
        return this.#change(id, 'filling', () => this.#finish(command))
      case 'drop-dataset':
        this.#change(id, 'filling', () => this.#setState.run({ id, state: 'gone' satisfies State }))
        return null
      case 'add-dataset-items':
        return this.#addByHand(command)
      case 'remove-dataset-item':
        return this.#change(id, 'ready', () => this.#remove(command))
      case 'delete-dataset':
        return this.#change(id, 'ready', () => this.#delete(command))
      case 'freeze-dataset':
        return this.#freeze.run(Math.floor(command.at), id).changes > 0 ? { done: null } : { refused: 'missing' }
    }
  }

  /** Does `work` where the version is in this state and may change. */
  #change<Done>(id: string, wanted: State, work: () => Done): DatasetAnswer<Done> {
    const found = this.#find.get(id) as { state: State; frozen_at: number | null } | undefined
    if (found?.state !== wanted) return { refused: 'missing' }
    return found.frozen_at === null ? { done: work() } : { refused: 'frozen' }
  }

  #add(id: string, state: State, items: readonly DatasetItem[]): DatasetAnswer<AddedItems> {
    const answer = this.#change(id, state, () => this.#items.add(id, items))
    if ('refused' in answer) return answer
    return answer.done === null ? { refused: 'full' } : { done: answer.done }
  }

  #finish({ id, detail, at }: Of<'finish-dataset'>): Dataset {
    this.#setState.run({ id, state: 'ready' satisfies State })
    const dataset = findDataset(this.#db, id)!
    const { source, items } = dataset
    this.#note('dataset-create', id, dataset.actor, at, { source, items, ...detail })
    return dataset
  }

  #addByHand({ id, items, actor, at }: Of<'add-dataset-items'>): DatasetAnswer<AddedItems> {
    const answer = this.#add(id, 'ready', items)
    if ('done' in answer) this.#note('dataset-add', id, actor, at, answer.done)
    return answer
  }

  #remove({ id, position, actor, at }: Of<'remove-dataset-item'>): boolean {
    const isThere = this.#items.remove(id, position)
    if (isThere) this.#note('dataset-remove', id, actor, at, { position })
    return isThere
  }

  #delete({ id, actor, at }: Of<'delete-dataset'>): null {
    this.#note('dataset-delete', id, actor, at, { items: findDataset(this.#db, id)!.items })
    this.#setState.run({ id, state: 'gone' satisfies State })
    return null
  }

  #note(action: Deed, id: string, actor: string, at: number, detail: object): void {
    const { name, version } = findDataset(this.#db, id)!
    this.#audit.add({ at, actor, action, detail: { dataset: `${name}@${version}`, id, ...detail } })
  }
}
