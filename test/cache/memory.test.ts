import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MemoryCache } from '../../server/cache/memory.ts'
import type { CacheEntry } from '../../server/core/cache.ts'

const entryOf = (key: string, reply: string, more: Partial<CacheEntry['scope']> = {}): CacheEntry => ({
  key,
  scope: { hash: 's', tenant: 'a', route: 'r', partition: null, namespace: null, ...more },
  context: null,
  question: null,
  requestId: 'req',
  provider: 'p',
  model: 'm',
  reply,
  outputTokens: 1,
  costNano: null,
  durationMs: 1,
  createdAt: 0,
  freshUntil: 1,
  revalidateUntil: 1,
  keptUntil: 1,
})
const NOTHING = { events: [], streamMs: 0 }
const rendering = (memory: MemoryCache, key: string, body: string) => {
  const remembered = memory.reply(key)!
  const kept = { remembered, contentType: 'application/json', body, lossy: [] }
  // The second time it is kept.
  memory.keepRendering(`bytes ${key}`, kept)
  memory.keepRendering(`bytes ${key}`, kept)
}

test('memory never holds more than its budget, whatever comes, and all that is in it can be found', () => {
  const step = fc.record({
    act: fc.constantFrom('remember', 'remember', 'remember', 'render', 'read', 'resize', 'purge'),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    size: fc.nat({ max: 3000 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const memory = new MemoryCache(20_000)
      for (const { act, key, size } of steps) {
        if (act === 'remember') {
          memory.remember(entryOf(key, 'x'.repeat(size)), NOTHING)
          const found = memory.reply(key)
          if (found) assert.equal(found.entry.reply.length, size)
        }
        if (act === 'render' && memory.reply(key)) rendering(memory, key, 'y'.repeat(size))
        if (act === 'read') memory.rendering(`bytes ${key}`)
        if (act === 'resize') memory.resize(1000 + size * 10)
        if (act === 'purge') {
          memory.purge({ key })
          assert.equal(memory.reply(key), null)
          assert.equal(memory.rendering(`bytes ${key}`), null)
        }
        assert.ok(memory.bytes <= memory.budget, `${memory.bytes} of ${memory.budget}`)
      }
    }),
  )
})

test('what was sent before is forgotten with the reply that it was sent for', () => {
  const memory = new MemoryCache(100_000)
  memory.remember(entryOf('k', 'old'), NOTHING)
  rendering(memory, 'k', 'old bytes')
  assert.equal(memory.rendering('bytes k')!.body, 'old bytes')
  memory.remember(entryOf('k', 'new'), NOTHING)
  assert.equal(memory.rendering('bytes k'), null)
})

test('bytes that come once are not kept as they were sent', () => {
  const memory = new MemoryCache(100_000)
  const remembered = memory.remember(entryOf('k', 'reply'), NOTHING)
  for (let index = 0; index < 100; index += 1)
    memory.keepRendering(`bytes ${index}`, { remembered, contentType: '', body: 'x', lossy: [] })
  for (let index = 0; index < 100; index += 1) assert.equal(memory.rendering(`bytes ${index}`), null)
})

test('a purge takes what is meant and leaves the rest', () => {
  const memory = new MemoryCache(100_000)
  memory.remember(entryOf('1', '', { tenant: 'a', route: 'r' }), NOTHING)
  memory.remember(entryOf('2', '', { tenant: 'a', route: 's' }), NOTHING)
  memory.remember(entryOf('3', '', { tenant: 'b', route: 'r' }), NOTHING)
  memory.purge({ tenant: 'a', route: 'r' })
  assert.deepEqual(
    ['1', '2', '3'].map((key) => memory.reply(key) !== null),
    [false, true, true],
  )
  memory.purge({})
  assert.equal(memory.bytes, 0)
})
