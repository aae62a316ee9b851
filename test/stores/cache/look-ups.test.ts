import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Review } from '../../../server/core/cache.ts'
import type { Reviewed } from '../../../server/core/thread-messages.ts'
import { pairIsDenied } from '../../../server/stores/cache/denied.ts'
import { cacheFinder } from '../../../server/stores/cache/entries.ts'
import { judgedLookUps, listLookUps, recordedLookUps } from '../../../server/stores/cache/look-up-list.ts'
import { assertSound, entryOf, inSpace, lookUpOf, NOW, openStore, scopeOf, vectorOf } from './support.ts'

const review = (lookUp: number, verdict: Review) =>
  ({ type: 'review', lookUp, review: verdict, actor: 'test', at: NOW + 7 }) as const

test('a look-up comes back as it was recorded, with both answers', (t) => {
  const { store, reading } = openStore(t)
  const lookUp = lookUpOf('req_1', 'a', { outcome: 'check', guard: 'numbers' })
  store.apply([
    { type: 'put', entry: entryOf('a'), vector: null },
    { type: 'look-up', lookUp },
    { type: 'check', requestId: 'req_1', freshAnswer: 'fresh', agreement: 'different', at: NOW + 3 },
  ])
  const [row] = listLookUps(reading, {}, null, 10)
  assert.deepEqual(row, {
    id: 1,
    request_id: 'req_1',
    at: NOW,
    scope: lookUp.scope.hash,
    tenant: 'acme',
    route: 'support',
    partition: null,
    namespace: null,
    space: 'test-1',
    question: 'asked req_1',
    key: 'a',
    cached_question: 'question a',
    similarity: 0.95,
    threshold: 0.9,
    guard: 'numbers',
    outcome: 'check',
    fresh_answer: 'fresh',
    agreement: 'different',
    checked_at: NOW + 3,
    review: null,
    reviewed_at: null,
    cached_reply: entryOf('a').reply,
  })
})

test('a pair that a person calls wrong is gone, and is never a pair again, either way round', (t) => {
  const { store, reading, run } = openStore(t)
  store.apply([
    { type: 'put', entry: entryOf('a'), vector: inSpace(vectorOf(1)) },
    { type: 'look-up', lookUp: lookUpOf('req_1', 'a') },
  ])
  const { hash } = scopeOf()
  const isDenied = pairIsDenied(reading)
  assert.equal(isDenied(hash, 'asked req_1', 'question a'), false)
  const judged = run<Reviewed>(review(1, 'wrong'))
  assert.deepEqual(judged, {
    tenant: 'acme',
    route: 'support',
    space: 'test-1',
    key: 'a',
    similarity: 0.95,
    review: 'wrong',
  })
  assert.equal(cacheFinder(reading)('a'), null)
  assertSound(reading)
  assert.equal(isDenied(hash, 'asked req_1', 'question a'), true)
  assert.equal(isDenied(hash, 'question a', 'asked req_1'), true)
  assert.equal(isDenied('another scope', 'asked req_1', 'question a'), false)
  assert.equal(isDenied(hash, 'asked req_1', 'question b'), false)
  // Put again, it is still no answer to that question; a second look takes it back.
  run(review(1, 'right'))
  assert.equal(isDenied(hash, 'asked req_1', 'question a'), false)
  assert.equal(run(review(99, 'right')), null)
})

test('what a person says counts more than what was compared, and unsure says nothing', (t) => {
  const { store, reading, run } = openStore(t)
  const agreements = ['same', 'different', 'unsure', null, 'same', 'different'] as const
  for (const [index, agreement] of agreements.entries()) {
    const requestId = `req_${index}`
    store.apply([{ type: 'look-up', lookUp: lookUpOf(requestId, 'a', { similarity: index / 10 }) }])
    if (agreement) store.apply([{ type: 'check', requestId, freshAnswer: 'x', agreement, at: NOW }])
  }
  store.apply([{ type: 'look-up', lookUp: lookUpOf('other', 'a', { scope: scopeOf('globex') }) }])
  run(review(5, 'wrong'))
  run(review(6, 'right'))
  run(review(7, 'wrong'))
  assert.deepEqual(judgedLookUps(reading, 'acme', 'support', 'test-1', 10), [
    { at: NOW, similarity: 0.5, wrong: false },
    { at: NOW, similarity: 0.4, wrong: true },
    { at: NOW, similarity: 0.1, wrong: true },
    { at: NOW, similarity: 0, wrong: false },
  ])
  assert.equal(judgedLookUps(reading, 'acme', 'support', 'test-1', 2).length, 2)
  assert.equal(judgedLookUps(reading, 'acme', 'support', 'other-1', 10).length, 0)
})

test('look-ups are listed by what they are, page by page, and give what a threshold is tuned with', (t) => {
  const { store, reading, run } = openStore(t)
  for (let index = 0; index < 20; index += 1) {
    const more = {
      scope: scopeOf(index % 2 ? 'acme' : 'globex', index % 4 < 2 ? 'a' : 'b'),
      outcome: index % 5 === 0 ? ('far' as const) : ('hit' as const),
      similarity: index / 20,
    }
    store.apply([{ type: 'look-up', lookUp: lookUpOf(`req_${index}`, 'k', more) }])
  }
  run(review(4, 'right'))
  const ids = (rows: { id: number }[]) => rows.map(({ id }) => id)
  assert.deepEqual(ids(listLookUps(reading, {}, null, 3)), [20, 19, 18])
  assert.deepEqual(ids(listLookUps(reading, {}, 18, 3)), [17, 16, 15])
  assert.deepEqual(ids(listLookUps(reading, { tenant: 'acme', route: 'a' }, null, 9)), [18, 14, 10, 6, 2])
  assert.deepEqual(ids(listLookUps(reading, { outcome: 'far' }, null, 9)), [16, 11, 6, 1])
  assert.deepEqual(ids(listLookUps(reading, { reviewed: true }, null, 9)), [4])
  assert.equal(listLookUps(reading, { reviewed: false }, null, 99).length, 19)
  const recorded = recordedLookUps(reading, { tenant: 'acme', space: 'test-1' }, 4)
  assert.deepEqual(
    recorded.map(({ similarity }) => similarity),
    [0.95, 0.85, 0.75, 0.65],
  )
  const [first] = recordedLookUps(reading, { reviewed: true }, 1)
  assert.deepEqual([first!.outcome, first!.guard, first!.agreement, first!.review], ['hit', null, null, 'right'])
})
