import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '../../server/catalogue.ts'
import { compileConfig } from '../../server/config/load.ts'
import { ConfigError } from '../../server/config/problems.ts'
import { DEFAULT_QUEUE, DEFAULT_SETTINGS } from '../../server/core/policy.ts'

const compile = (route: Record<string, unknown>, provider: Record<string, unknown> = {}) => {
  const targets = [{ provider: 'up', model: 'm' }]
  const config = { version: 1, providers: { up: { kind: 'vllm', ...provider } }, routes: { r: { targets, ...route } } }
  const policy = compileConfig(JSON.stringify(config), catalogue, () => '')
  return { route: policy.routes.get('r')!, provider: policy.providers.get('up')! }
}

const problemsOf = (route: Record<string, unknown>, provider: Record<string, unknown> = {}): string => {
  try {
    compile(route, provider)
    return ''
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems.map(({ path, message, suggestion }) => `${path}: ${message} (${suggestion})`).join('\n')
  }
}

test('a route and a provider that say nothing get the usual', () => {
  const { route, provider } = compile({})
  assert.deepEqual(route.settings, DEFAULT_SETTINGS)
  assert.deepEqual(provider.queue, DEFAULT_QUEUE)
  assert.deepEqual([provider.probeMs, provider.gpuUsdPerHour], [null, null])
})

test('what a route says is what it gets', () => {
  const { route } = compile({
    sticky: 'user',
    retry: { max: 2, budget: 0.1, on: [500, 'network'] },
    breaker: { failures: 3, error_share: 0.5, window: '1m', cooldown: '5s' },
    hedge: { after: '800ms' },
    fallback: { on_error: false, cached: 'stale', static: 'Later.' },
    on_stream_failure: 'resume',
    priority: 'low',
    idempotency: '2h',
    quality: { bar: 0.8, min_samples: 5, explore: 0 },
    evaluators: {
      require: ['non-empty', { use: 'regex', pattern: '^a' }],
      sample: 0.5,
      escalate_to: 'up/big',
      streams: 'hold',
    },
  })
  const { settings } = route
  assert.deepEqual(settings.retry, { max: 2, budget: 0.1, statuses: new Set([500]), onTimeout: false, onNetwork: true })
  assert.deepEqual(settings.breaker, { failures: 3, errorShare: 0.5, windowMs: 60_000, cooldownMs: 5000 })
  assert.deepEqual(settings.hedge, { afterMs: 800 })
  assert.deepEqual(
    [settings.fallbackOnError, settings.cache?.staleIfErrorMs, settings.staticReply, settings.resumeStreams],
    [false, 604_800_000, 'Later.', true],
  )
  assert.deepEqual([settings.priority, settings.idempotencyMs, route.sticky], ['low', 7_200_000, 'user'])
  assert.deepEqual(route.quality, { bar: 0.8, minSamples: 5, explore: 0 })
  assert.deepEqual(
    settings.judging!.require.map(({ name }) => name),
    ['non-empty', 'regex'],
  )
  assert.deepEqual([settings.judging!.sample, settings.judging!.holdStreams], [0.5, true])
  assert.equal(settings.judging!.escalateTo!.model, 'big')
  assert.equal(compile({ breaker: { failures: 0 } }).route.settings.breaker, null)
  assert.deepEqual(compile({ hedge: { after: 'p95' } }).route.settings.hedge, { afterMs: null })
})

test('what a provider says is what it gets', () => {
  const { provider } = compile(
    {},
    {
      max_concurrency: 4,
      adaptive_concurrency: true,
      queue: { max_waiting: 0, max_wait: '5s', affinity: 0 },
      health_check: '10s',
      gpu_usd_per_hour: 0.5,
    },
  )
  assert.deepEqual(provider.queue, { maxConcurrency: 4, adaptive: true, maxWaiting: 0, maxWaitMs: 5000, affinity: 0 })
  assert.deepEqual([provider.probeMs, provider.gpuUsdPerHour], [10_000, 0.5])
})

for (const [what, route, provider, expected] of [
  ['a hedge after nothing', { hedge: {} }, {}, /"after" is missing/],
  ['a hedge after a word', { hedge: { after: 'soon' } }, {}, /not `p95`, or a duration such as 800ms/],
  ['a hedge after the end', { hedge: { after: '5s' }, timeouts: { total: '2s', connect: '1s' } }, {}, /not shorter/],
  ['a breaker for a week', { breaker: { cooldown: '7d' } }, {}, /longer than a day/],
  ['a budget above one', { retry: { budget: 2 } }, {}, /retry\.budget/],
  ['a bar without scores', { quality: { bar: 0.5 } }, {}, /needs `evaluators`/],
  ['a bar that nobody can reach', { quality: { bar: 1 } }, {}, /quality\.bar/],
  ['an unknown evaluator', { evaluators: { require: ['kind'] } }, {}, /not an evaluator \(non-empty/],
  ['no evaluator', { evaluators: { require: [] } }, {}, /require/],
  [
    'an escalation to nobody',
    { evaluators: { require: ['non-empty'], escalate_to: 'nobody/m' } },
    {},
    /no provider "nobody"/,
  ],
  [
    'an escalation to half a target',
    { evaluators: { require: ['non-empty'], escalate_to: 'm' } },
    {},
    /provider\/model/,
  ],
  ['a priority of one’s own', { priority: 'urgent' }, {}, /high, normal, low/],
  ['an empty static reply', { fallback: { static: '' } }, {}, /fallback\.static/],
  ['a slip of the pen', { on_stream_failure: 'resum' }, {}, /resume/],
  ['a queue where nothing waits', {}, { queue: { max_waiting: 5 } }, /max_concurrency/],
  ['a wait of a day', {}, { max_concurrency: 1, queue: { max_wait: '1d' } }, /longer than an hour/],
  ['health checks all the time', {}, { health_check: '10ms' }, /more often than once a second/],
  ['no calls at all', {}, { max_concurrency: 0 }, /max_concurrency/],
] as const) {
  test(`${what} is refused in words`, () => {
    assert.match(problemsOf(route, provider), expected)
  })
}
