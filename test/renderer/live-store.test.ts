import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLiveStore, type StreamHandlers } from '../../renderer/live/store.ts'
import type { RequestPage, RequestRow } from '../../server/http/admin/schemas.ts'
import { endOf, row, startOf } from './samples.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A store whose frames, events and pages the test controls. */
function harness(pages: Record<string, RequestPage | Error>, limit = 100) {
  const frames: (() => void)[] = []
  const fetched: (string | null)[] = []
  let handlers: StreamHandlers | null = null
  const store = createLiveStore(
    {
      fetchPage: async (cursor) => {
        fetched.push(cursor)
        const page = pages[cursor ?? 'first']
        if (page === undefined || page instanceof Error) throw page ?? new Error('no such page')
        return page
      },
      openStream: (given) => {
        handlers = given
        return () => {}
      },
      schedule: (callback) => frames.push(callback),
    },
    limit,
  )
  let renders = 0
  store.subscribe(() => {
    renders += 1
  })
  store.start()
  return {
    store,
    fetched,
    frames,
    handlers: handlers! as StreamHandlers,
    renders: () => renders,
    paint: () => {
      for (const frame of frames.splice(0)) frame()
    },
    shown: () => store.get().rows.map((request) => request.id),
  }
}

const page = (data: RequestRow[], next_cursor: string | null = null): RequestPage => ({ data, next_cursor })

test('the first page fills the list, newest first', async () => {
  const { store, shown } = harness({ first: page([row('b', 2), row('a', 1)]) })
  assert.equal(store.get().loaded, false)
  await settled()
  assert.equal(store.get().loaded, true)
  assert.deepEqual(shown(), ['b', 'a'])
})

test('however many batches arrive, a frame applies them at once', async () => {
  const { handlers, paint, renders, frames, shown } = harness({ first: page([]) })
  await settled()
  const before = renders()
  for (let second = 0; second < 50; second += 1) handlers.onEvents([startOf(row(`r${second}`, second))])
  assert.equal(renders(), before)
  assert.equal(frames.length, 1)
  paint()
  assert.equal(renders(), before + 1)
  assert.equal(shown().length, 50)
})

test('pausing freezes the list and counts what is new; resuming shows it', async () => {
  const { store, handlers, paint, shown } = harness({ first: page([row('a', 1)]) })
  await settled()
  store.setPaused(true)
  handlers.onEvents([startOf(row('b', 2)), startOf(row('c', 3))])
  paint()
  handlers.onEvents([endOf(row('b', 2))])
  paint()
  assert.deepEqual(shown(), ['a'])
  assert.equal(store.get().waiting, 2)
  store.setPaused(false)
  assert.deepEqual(shown(), ['c', 'b', 'a'])
  assert.equal(store.get().waiting, 0)
})

test('after a reset everything is read afresh, and events behind the reset count', async () => {
  const pages = { first: page([row('a', 1)]) }
  const { handlers, paint, fetched, shown } = harness(pages)
  await settled()
  handlers.onEvents([startOf(row('lost', 2))])
  paint()
  pages.first = page([row('b', 3)])
  handlers.onEvents([startOf(row('before', 4)), { type: 'reset', reason: 'missed' }, startOf(row('after', 5))])
  paint()
  await settled()
  assert.deepEqual(fetched, [null, null])
  assert.deepEqual(shown(), ['after', 'b'])
})

test('older pages are added until there are none or the book is full', async () => {
  const { store, shown } = harness(
    { first: page([row('d', 4), row('c', 3)], 'older'), older: page([row('b', 2)], 'x') },
    3,
  )
  await settled()
  assert.equal(store.get().cursor, 'older')
  await store.loadOlder()
  assert.deepEqual(shown(), ['d', 'c', 'b'])
  assert.equal(store.get().cursor, null, 'what is older than the book holds would be forgotten at once')
})

test('a failed load is told, and tried again when the stream is there', async () => {
  const pages: Record<string, RequestPage | Error> = { first: new Error('no answer') }
  const { store, handlers, shown } = harness(pages)
  await settled()
  assert.equal(store.get().failure?.message, 'no answer')
  pages.first = page([row('a', 1)])
  handlers.onSettled()
  await settled()
  assert.equal(store.get().failure, null)
  assert.deepEqual(shown(), ['a'])
})
