import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBook } from '../../renderer/live/book.ts'
import { attempt, endOf, row, startOf } from './samples.ts'

const ids = (book: ReturnType<typeof createBook>) => book.rows().map((request) => request.id)

test('a request appears when it starts, gathers its attempts, and ends as its record', () => {
  const book = createBook(10)
  const record = row('a', 1)
  assert.equal(book.apply([startOf(record)]), 1)
  assert.equal(book.rows()[0]?.result, null)

  const failing = attempt({ outcome: 'running', status: null })
  book.apply([{ type: 'attempt-start', request_id: 'a', attempt: failing }])
  book.apply([
    { type: 'attempt-end', request_id: 'a', attempt: attempt({ outcome: 'error', status: 503 }) },
    { type: 'attempt-start', request_id: 'a', attempt: attempt({ index: 1, reason: 'fallback', outcome: 'running' }) },
  ])
  assert.deepEqual(
    book.rows()[0]?.attempts.map(({ index, outcome }) => [index, outcome]),
    [
      [0, 'error'],
      [1, 'running'],
    ],
  )

  assert.equal(book.apply([endOf(record)]), 0, 'its end is not a new request')
  assert.equal(book.rows()[0]?.result, record)
})

test('late attempt events do not reopen a finished request', () => {
  const book = createBook(10)
  book.apply([startOf(row('a', 1)), endOf(row('a', 1))])
  book.apply([{ type: 'attempt-end', request_id: 'a', attempt: attempt({ index: 7 }) }])
  assert.equal(book.rows()[0]?.attempts.length, 1)
})

test('only a changed request becomes a new object, so that unchanged rows need not be drawn again', () => {
  const book = createBook(10)
  book.apply([startOf(row('a', 1)), startOf(row('b', 2))])
  const [firstBefore, secondBefore] = book.rows()
  book.apply([endOf(row('b', 2))])
  const [first, second] = book.rows()
  assert.equal(first, firstBefore)
  assert.notEqual(second, secondBefore)
})

test('the book forgets the oldest requests above its limit, and still finds the others', () => {
  const book = createBook(3)
  book.apply(['a', 'b', 'c', 'd', 'e'].map((id, second) => startOf(row(id, second))))
  assert.deepEqual(ids(book), ['c', 'd', 'e'])
  book.apply([endOf(row('d', 3))])
  assert.notEqual(book.rows()[1]?.result, null)
})

test('a request that ends without having been seen to start takes its place by time', () => {
  const book = createBook(10)
  book.apply([startOf(row('b', 2)), startOf(row('c', 3))])
  assert.equal(book.apply([endOf(row('a', 1))]), 1)
  assert.deepEqual(ids(book), ['a', 'b', 'c'])
  book.apply([endOf(row('c', 3))])
  assert.notEqual(book.rows()[2]?.result, null)
})

test('pages of older requests come before, and a record replaces what is still running', () => {
  const book = createBook(10)
  book.apply([startOf(row('c', 3))])
  book.merge([row('c', 3), row('b', 2), row('a', 1)])
  assert.deepEqual(ids(book), ['a', 'b', 'c'])
  assert.notEqual(book.rows()[2]?.result, null)
  book.merge([row('a', 1)])
  assert.deepEqual(ids(book), ['a', 'b', 'c'])
})
