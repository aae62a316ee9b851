import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '../../server/catalogue.ts'
import { compileConfig } from '../../server/config/load.ts'
import { ConfigError } from '../../server/config/problems.ts'
import { DEFAULT_CACHE, DEFAULT_CACHE_LIMITS } from '../../server/core/cache-policy.ts'
import type { Policy } from '../../server/core/policy.ts'

const compile = (route: Record<string, unknown>, shared?: Record<string, unknown>): Policy => {
  const routes = { r: { targets: [{ provider: 'up', model: 'm' }], ...route } }
  const config = { version: 1, providers: { up: { kind: 'vllm' } }, routes, ...(shared ? { cache: shared } : {}) }
  return compileConfig(JSON.stringify(config), catalogue, () => '')
}
const cacheOf = (route: Record<string, unknown>) => compile(route).routes.get('r')!.settings.cache
const problemsOf = (route: Record<string, unknown>, shared?: Record<string, unknown>): string => {
  try {
    compile(route, shared)
    return ''
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
  }
}

test('a route caches nothing unless it says so, and then the usual', () => {
  assert.equal(cacheOf({}), null)
  assert.deepEqual(cacheOf({ cache: { mode: 'exact' } }), DEFAULT_CACHE)
  assert.deepEqual(compile({}).cache, DEFAULT_CACHE_LIMITS)
})

test('what is said of the cache is what is done', () => {
  const cache = {
    mode: 'semantic',
    partition: 'user',
    ttl: '2h',
    stale_while_revalidate: '5m',
    stale_if_error: '1d',
    max_temperature: 0.5,
    tool_calls: true,
    choices: true,
    pace: 'natural',
    threshold: 0.8,
    guard: 'loose',
    max_error: 0.02,
    deadline: '80ms',
  }
  assert.deepEqual(cacheOf({ cache }), {
    mode: 'semantic',
    partition: 'user',
    ttlMs: 7_200_000,
    staleWhileRevalidateMs: 300_000,
    staleIfErrorMs: 86_400_000,
    maxTemperature: 0.5,
    toolCalls: true,
    choices: true,
    pace: 'natural',
    semantic: { threshold: 0.8, guard: 'loose', maxError: 0.02, deadlineMs: 80 },
  })
  const embedder = { provider: 'up', model: 'e', dimensions: 256 }
  assert.deepEqual(compile({}, { memory: '8MB', store: '2GB', max_reply: '64KB', embedder }).cache, {
    memoryBytes: 8 * 1024 ** 2,
    storeBytes: 2 * 1024 ** 3,
    replyBytes: 64 * 1024,
    embedder: { kind: 'provider', ...embedder },
  })
  assert.deepEqual(compile({}, { embedder: { onnx: '/models/e' } }).cache.embedder, {
    kind: 'onnx',
    folder: '/models/e',
  })
})

test('a stale reply as the last resort keeps replies for that alone, or for as long as the cache says', () => {
  const fallback = { cached: 'stale' }
  const alone = cacheOf({ fallback })!
  assert.deepEqual([alone.mode, alone.ttlMs, alone.staleIfErrorMs], ['none', 0, 604_800_000])
  assert.equal(cacheOf({ fallback, cache: { mode: 'exact' } })!.staleIfErrorMs, 604_800_000)
  assert.equal(cacheOf({ fallback, cache: { mode: 'exact', stale_if_error: '1h' } })!.staleIfErrorMs, 3_600_000)
})

test('what makes no sense is refused, with what to write instead', () => {
  for (const [route, said] of [
    [{ cache: { mode: 'exact', ttl: '0s' } }, /good for no time at all/],
    [{ cache: { mode: 'exact', ttl: '400d' } }, /longer than a year/],
    [{ cache: { mode: 'exact', threshold: 0.9 } }, /`threshold` is for `mode: semantic`/],
    [{ cache: { mode: 'semantic', deadline: '1m' } }, /longer than 10s/],
    [{ cache: { mode: 'semantic', threshold: 95 } }, /threshold/],
    [{ cache: { mode: 'fuzzy' } }, /not one of exact, semantic/],
    [{ cache: { mode: 'exact', partition: 'world' } }, /not one of tenant, team, user, session/],
  ] as const)
    assert.match(problemsOf(route), said)
  assert.match(problemsOf({}, { embedder: { provider: 'nobody', model: 'e' } }), /no provider "nobody"/)
  assert.match(problemsOf({}, { embedder: { provider: 'sandbox', model: 'e' } }), /sandbox.* offers no embeddings/)
  assert.match(problemsOf({}, { embedder: 'word2vec' }), /builtin-lexical/)
})
