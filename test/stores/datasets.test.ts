import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DatasetCommand } from '../../server/core/dataset.ts'
import { MOST_ITEMS } from '../../server/core/dataset.ts'
import { listAudit } from '../../server/stores/audit.ts'
import {
  countItems,
  datasetItems,
  factCounts,
  findDataset,
  knownHashes,
  listDatasets,
} from '../../server/stores/experiments/datasets.ts'
import { datasetDesk, itemOf, NOW } from './dataset-samples.ts'
import { openDb } from './verdict-samples.ts'

const BY = { actor: 'session', at: NOW }

test('a version is seen once it is finished, with its counts and a line in the audit trail', (t) => {
  const db = openDb(t)
  const { begin, act, finish } = datasetDesk(db)
  begin('ds_1')
  const items = [itemOf('one'), itemOf('two', { split: 'test' }), itemOf('three')]
  assert.deepEqual(act({ type: 'fill-dataset', id: 'ds_1', items }), { done: { added: 3, duplicates: 0 } })
  assert.equal(findDataset(db, 'support'), null)
  assert.deepEqual(listDatasets(db), [])
  const answer = finish('ds_1')
  const dataset = findDataset(db, 'ds_1')!
  assert.deepEqual(answer, { done: dataset })
  assert.deepEqual(dataset, {
    ...{ id: 'ds_1', name: 'support', version: 1, note: '', createdAt: NOW, actor: 'session', source: 'a file' },
    ...{ frozenAt: null, items: 3, train: 2, test: 1 },
  })
  assert.deepEqual(
    listAudit(db, null, 10).map(({ action, detail }) => [action, JSON.parse(detail)]),
    [['dataset-create', { dataset: 'support@1', id: 'ds_1', source: 'a file', items: 3 }]],
  )
  assert.deepEqual(act({ type: 'fill-dataset', id: 'ds_1', items }), { refused: 'missing' }, 'it is full grown')
})

test('what was put in comes out again, in order, by split and page', (t) => {
  const db = openDb(t)
  const items = Array.from({ length: 25 }, (_, index) =>
    itemOf(`text ${index}`, {
      split: index % 5 === 0 ? 'test' : 'train',
      reference: { text: `answer ${index}`, toolCalls: [{ name: 'find', arguments: '{"a":1}' }] },
      reply: { text: 'said', refusal: '', toolCalls: [], finishReason: 'stop' },
      facts: { tenant: `t${index % 2}` },
      requestId: `req_${index}`,
    }),
  )
  datasetDesk(db).make('ds_1', items)
  assert.deepEqual(
    datasetItems(db, 'ds_1', { limit: 100 }).map(({ item }) => item),
    items,
  )
  const paged = [...pages(db, 'ds_1', 'test', 2)]
  assert.deepEqual(
    paged,
    items.filter(({ split }) => split === 'test'),
  )
  assert.deepEqual([countItems(db, 'ds_1'), countItems(db, 'ds_1', 'test')], [25, 5])
  assert.deepEqual(factCounts(db, 'ds_1', 1), [{ key: 'tenant', value: 't0', items: 13 }])
})

test('versions of a name count up, and are found by id, name and version', (t) => {
  const db = openDb(t)
  const { make } = datasetDesk(db)
  make('ds_1', [itemOf('one')])
  make('ds_2', [itemOf('one'), itemOf('two')])
  make('ds_3', [itemOf('else')], 'another')
  const found = (name: string) => findDataset(db, name)?.id ?? null
  assert.deepEqual(['ds_1', 'support', 'support@1', 'support@2', 'support@3', 'nobody', 'another@1'].map(found), [
    'ds_1',
    'ds_2',
    'ds_1',
    'ds_2',
    null,
    null,
    'ds_3',
  ])
  assert.deepEqual(
    listDatasets(db).map(({ id }) => id),
    ['ds_3', 'ds_2', 'ds_1'],
  )
  assert.deepEqual(
    listDatasets(db, 'support').map(({ version }) => version),
    [2, 1],
  )
})

test('a version takes the items of another over, so many at a time', (t) => {
  const db = openDb(t)
  const { make, begin, act, finish } = datasetDesk(db)
  make(
    'ds_1',
    Array.from({ length: 7 }, (_, index) => itemOf(`text ${index}`)),
  )
  act({ type: 'remove-dataset-item', id: 'ds_1', position: 3, ...BY })
  begin('ds_2')
  let after = 0
  for (;;) {
    const answer = act({ type: 'copy-dataset-items', id: 'ds_2', from: 'ds_1', after, limit: 2 })
    assert.ok('done' in answer)
    if (answer.done === null) break
    after = answer.done
  }
  const again = act({ type: 'fill-dataset', id: 'ds_2', items: [itemOf('text 1'), itemOf('new')] })
  assert.deepEqual(again, { done: { added: 1, duplicates: 1 } })
  finish('ds_2')
  const texts = datasetItems(db, 'ds_2', { limit: 10 }).map(({ item }) => item.hash)
  assert.deepEqual(
    texts,
    ['text 0', 'text 1', 'text 3', 'text 4', 'text 5', 'text 6', 'new'].map((text) => itemOf(text).hash),
  )
  assert.deepEqual(knownHashes(db, 'ds_2', [itemOf('new').hash, itemOf('text 2').hash]), [itemOf('new').hash])
})

test('whatever is offered, the same content stands in a version once', (t) => {
  const db = openDb(t)
  const { act, make } = datasetDesk(db)
  let number = 0
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 9 }), { maxLength: 5 }), (batches) => {
      const id = `ds_${++number}`
      make(id, [], id)
      const answers = batches.map((batch) =>
        act({ type: 'add-dataset-items', id, items: batch.map((text) => itemOf(String(text))), ...BY }),
      )
      const distinct = new Set(batches.flat())
      const counted = answers.map((answer) => ('done' in answer ? answer.done : { added: NaN, duplicates: NaN }))
      assert.equal(
        counted.reduce((sum, { added }) => sum + added, 0),
        distinct.size,
      )
      assert.equal(
        counted.reduce((sum, { added, duplicates }) => sum + added + duplicates, 0),
        batches.flat().length,
      )
      assert.equal(findDataset(db, id)!.items, distinct.size)
    }),
    { numRuns: 50 },
  )
})

test('no command changes a version that a run has used', (t) => {
  const db = openDb(t)
  const { act, make } = datasetDesk(db)
  make('ds_1', [itemOf('one'), itemOf('two')])
  assert.deepEqual(act({ type: 'freeze-dataset', id: 'ds_1', at: NOW }), { done: null })
  assert.deepEqual(act({ type: 'freeze-dataset', id: 'ds_1', at: NOW + 1 }), { done: null }, 'a second run may use it')
  assert.deepEqual(act({ type: 'freeze-dataset', id: 'ds_9', at: NOW }), { refused: 'missing' })
  const seen = () => [findDataset(db, 'ds_1'), datasetItems(db, 'ds_1', { limit: 10 }), listAudit(db, null, 10)]
  const before = seen()
  assert.equal(findDataset(db, 'ds_1')!.frozenAt, NOW)
  const id = 'ds_1'
  const change = fc.oneof(
    fc.string().map((text): DatasetCommand => ({ type: 'add-dataset-items', id, items: [itemOf(text)], ...BY })),
    fc.string().map((text): DatasetCommand => ({ type: 'fill-dataset', id, items: [itemOf(text)] })),
    fc.nat(4).map((position): DatasetCommand => ({ type: 'remove-dataset-item', id, position, ...BY })),
    fc.constant<DatasetCommand>({ type: 'delete-dataset', id, ...BY }),
    fc.constant<DatasetCommand>({ type: 'drop-dataset', id }),
    fc.constant<DatasetCommand>({ type: 'finish-dataset', id, detail: {}, at: NOW }),
    fc.constant<DatasetCommand>({ type: 'copy-dataset-items', id, from: id, after: 0, limit: 9 }),
  )
  fc.assert(
    fc.property(change, (command) => {
      const answer = act(command) as { refused?: string } | null
      if (command.type !== 'drop-dataset') assert.ok(answer?.refused)
      if (['add-dataset-items', 'remove-dataset-item', 'delete-dataset'].includes(command.type))
        assert.equal(answer?.refused, 'frozen')
      assert.deepEqual(seen(), before)
    }),
    { numRuns: 60 },
  )
})

test('an item is removed, and a version deleted, with a line in the audit trail each', (t) => {
  const db = openDb(t)
  const { act, make, laboratory } = datasetDesk(db)
  make('ds_1', [itemOf('one'), itemOf('two')])
  assert.deepEqual(act({ type: 'remove-dataset-item', id: 'ds_1', position: 2, ...BY }), { done: true })
  assert.deepEqual(act({ type: 'remove-dataset-item', id: 'ds_1', position: 2, ...BY }), { done: false })
  assert.deepEqual(act({ type: 'delete-dataset', id: 'ds_1', ...BY }), { done: null })
  assert.deepEqual(act({ type: 'delete-dataset', id: 'ds_1', ...BY }), { refused: 'missing' })
  assert.equal(findDataset(db, 'support'), null)
  const actions = listAudit(db, null, 10).map(({ action, detail }) => [action, JSON.parse(detail).dataset])
  assert.deepEqual(actions, [
    ['dataset-delete', 'support@1'],
    ['dataset-remove', 'support@1'],
    ['dataset-create', 'support@1'],
  ])
  make('ds_2', [itemOf('one')])
  assert.equal(findDataset(db, 'support')!.version, 1, 'the name is free at once')
  assert.equal([...laboratory.sweep(NOW)].length, 1)
  assert.equal(db.prepare('SELECT count(*) FROM dataset_items').pluck().get(), 1)
  assert.equal(db.prepare('SELECT count(*) FROM datasets').pluck().get(), 1)
})

test('what was being filled when the process ended is gone after the next start', (t) => {
  const db = openDb(t)
  const first = datasetDesk(db)
  first.make('ds_1', [itemOf('one')])
  first.begin('ds_2')
  first.act({ type: 'fill-dataset', id: 'ds_2', items: [itemOf('half')] })
  const second = datasetDesk(db)
  assert.deepEqual(second.finish('ds_2'), { refused: 'missing' })
  assert.deepEqual(second.act({ type: 'fill-dataset', id: 'ds_2', items: [itemOf('more')] }), { refused: 'missing' })
  for (const _ of second.laboratory.sweep(NOW));
  assert.equal(db.prepare('SELECT count(*) FROM dataset_items').pluck().get(), 1)
  second.make('ds_3', [itemOf('whole')])
  assert.equal(findDataset(db, 'support')!.version, 2)
})

test('a version takes no more items than it may hold, and of a batch all or none', (t) => {
  const db = openDb(t)
  const { act, make } = datasetDesk(db)
  make('ds_1', [itemOf('one')])
  db.prepare('UPDATE dataset_items SET position = ?').run(MOST_ITEMS - 1)
  const add = (...texts: string[]) =>
    act({ type: 'add-dataset-items', id: 'ds_1', items: texts.map((text) => itemOf(text)), ...BY })
  assert.deepEqual(add('two', 'three'), { refused: 'full' })
  assert.equal(findDataset(db, 'ds_1')!.items, 1)
  assert.deepEqual(add('two'), { done: { added: 1, duplicates: 0 } })
  assert.deepEqual(add('three'), { refused: 'full' })
})

function* pages(db: Parameters<typeof datasetItems>[0], id: string, split: 'test', limit: number) {
  for (let after = 0; ; ) {
    const page = datasetItems(db, id, { split, after, limit })
    for (const { item } of page) yield item
    if (page.length < limit) return
    after = page.at(-1)!.position
  }
}
