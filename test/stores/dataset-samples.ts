import { hash } from 'node:crypto'
import type { DatasetAnswers, DatasetCommand, DatasetItem } from '../../server/core/dataset.ts'
import type { Db } from '../../server/stores/database.ts'
import { Laboratory } from '../../server/stores/experiments/laboratory.ts'

export const NOW = Date.UTC(2026, 5, 1, 12)

/** An item whose content is this text. */
export function itemOf(text: string, more: Partial<DatasetItem> = {}): DatasetItem {
  return {
    hash: hash('sha256', text),
    split: 'train',
    request: {
      dialect: 'openai-chat',
      model: '',
      messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
      tools: [],
      sampling: {},
      output: { type: 'text' },
      stream: false,
      streamUsage: false,
      extra: {},
    },
    reference: null,
    reply: null,
    facts: {},
    requestId: null,
    ...more,
  }
}

/** Does commands for datasets on the connection that writes. */
export function datasetDesk(db: Db) {
  const laboratory = new Laboratory(db)
  const act = <T extends DatasetCommand['type']>(command: DatasetCommand & { type: T }) =>
    laboratory.do(command) as DatasetAnswers[T]
  const begin = (id: string, name = 'support') =>
    act({
      type: 'begin-dataset',
      dataset: { id, name, note: '', source: 'a file', actor: 'session', createdAt: NOW },
    })
  const finish = (id: string) => act({ type: 'finish-dataset', id, detail: {}, at: NOW })
  return {
    laboratory,
    act,
    begin,
    finish,
    /** A version with these items. */
    make(id: string, items: readonly DatasetItem[], name?: string) {
      begin(id, name)
      act({ type: 'fill-dataset', id, items })
      return finish(id)
    },
  }
}
