import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cancellation } from '../../server/core/cancellation.ts'
import type { ErrorCode, GatewayError } from '../../server/core/errors.ts'
import { endedAttempt } from '../telemetry/ended-attempt.ts'
import { actions, bench } from './explain-bench.ts'

const SECRET = 'k-very-secret'
const CONFIG = `version: 1
providers:
  open: { kind: openai, api_key: "\${env:KEY}" }
  claude: { kind: anthropic, api_key: "\${env:KEY}" }
  keyless: { kind: openai }
  busy: { kind: openai-compatible, base_url: http://127.0.0.1:9, max_concurrency: 1, queue: { max_wait: 2s } }
routes:
  mixed:
    targets:
      - { provider: keyless, model: gpt-4o }
      - { provider: claude, model: claude-sonnet-4-5 }
      - { provider: open, model: gpt-4o }
  strict:
    targets: [{ provider: claude, model: claude-sonnet-4-5 }, { provider: open, model: gpt-4o }]
    translation: strict
  judged: { targets: [{ provider: sandbox, model: echo }], evaluators: { require: [non-empty] } }
  forked:
    targets: [{ provider: sandbox, model: echo }]
    when:
      - { if: { metadata.tier: gold, request.stream: true }, use: [open/gpt-4o] }
      - { if: { $or: [{ tenant: acme }, { request.tokens: { $gt: 8000 } }] }, use: [claude/claude-sonnet-4-5] }
      - { if: { metadata.tier: gold }, use: [open/gpt-4o-mini] }
    retry: { max: 2, budget: 0.5 }
    priority: normal
  busy: { targets: [{ provider: busy, model: x }, { provider: sandbox, model: echo }] }
`
const all = () => bench(CONFIG, { KEY: SECRET })
const isCode = (code: ErrorCode) => (error: unknown) => (error as GatewayError).code === code

describe('what is explained of a request', () => {
  it('every condition with every test, and the first that holds decides', () => {
    const { conditions, plan } = all().explain('forked', { metadata: { tier: 'gold' } }, { caller: { tenant: 'acme' } })
    assert.deepEqual(
      conditions.map(({ matched, findings }) => [matched, findings.map(({ fact, passed }) => [fact, passed])]),
      [
        [
          false,
          [
            ['metadata.tier', true],
            ['request.stream', false],
          ],
        ],
        [true, [['$or', true]]],
        [true, [['metadata.tier', true]]],
      ],
    )
    assert.match(plan.reason, /^when\[1\]/)
    assert.deepEqual(
      plan.targets.map(({ target }) => target.model),
      ['claude-sonnet-4-5'],
    )
  })

  it('who asks: what is said of the caller stands before headers, and these before the body', () => {
    const headers = {
      'x-session-id': 's-header',
      'x-gatehouse-metadata': '{"tier":"silver","from":"header"}',
      authorization: 'Bearer gh-unknown',
    }
    const body = { user: 'u-body', metadata: { tier: 'bronze', only: 'body' } }
    const { facts } = all().explain('forked', body, { headers, caller: { team: 'ops', metadata: { tier: 'gold' } } })
    const { tenant, team, user, session } = facts
    assert.deepEqual(
      { tenant, team, user, session },
      { tenant: 'local', team: 'ops', user: 'u-body', session: 's-header' },
    )
    assert.deepEqual(
      [facts['metadata.tier'], facts['metadata.from'], facts['metadata.only']],
      ['gold', 'header', 'body'],
    )
    assert.equal(all().explain('forked', body, { caller: { user: 'u', session: 's' } }).facts.user, 'u')
  })

  it('the format of each target: bytes as they are, or translated with what that loses, or why not at all', () => {
    const explained = all().explain('mixed', { logprobs: true })
    assert.deepEqual(actions(explained), [
      'keyless/gpt-4o: fail',
      'claude/claude-sonnet-4-5: call',
      'open/gpt-4o: standby',
    ])
    const [keyless, claude, open] = explained.targets
    assert.match(keyless!.problem!.message, /needs an api_key/)
    assert.deepEqual(
      [claude!.wire, claude!.lossy],
      [{ dialect: 'anthropic-messages', passes: false, estimated: false }, ['logprobs']],
    )
    assert.deepEqual([open!.wire, open!.lossy], [{ dialect: 'openai-chat', passes: true, estimated: false }, []])
  })

  it('a route that wants nothing lost goes on to the next target', () => {
    const { targets } = all().explain('strict', { logprobs: true })
    assert.deepEqual(
      targets.map(({ action }) => action),
      ['fail', 'call'],
    )
    assert.equal(targets[0]!.problem!.code, 'lossy_translation')
    assert.deepEqual(targets[0]!.lossy, ['logprobs'])
    assert.deepEqual(
      all()
        .explain('strict')
        .targets.map(({ action }) => action),
      ['call', 'standby'],
    )
  })

  it('nothing of what would be sent: neither the text nor a credential', () => {
    const explained = all().explain('mixed', { messages: [{ role: 'user', content: 'my-private-words' }] })
    const { exchange: _, inbound: __, ...told } = explained
    const text = JSON.stringify(told, (_name, value) => (value instanceof Error ? value.message : value))
    assert.doesNotMatch(text, new RegExp(`my-private-words|${SECRET}`))
    assert.match(text, /claude-sonnet/)
  })

  it('latency, cost and score as they are known', () => {
    const one = all()
    const target = { provider: 'open', model: 'gpt-4o', weight: 1 }
    for (let index = 0; index < 3; index += 1) {
      one.book.attemptStart(target)
      one.book.attemptEnd(endedAttempt(target, 0, 100, { outputTokens: 10 }), false)
    }
    one.book.noteScore('mixed', target, 1)
    const { latency, expectedCost, quality } = one.explain('mixed').targets[2]!
    assert.equal(latency.samples, 3)
    assert.ok(latency.p95Ms! > 90 && latency.p95Ms! < 110, String(latency.p95Ms))
    assert.equal(quality.mean, 1)
    // 16 prompt tokens and 10 of output, at $2.50 and $10 a million.
    assert.equal(
      expectedCost,
      Math.ceil(JSON.stringify(one.explain('mixed').inbound.json).length / 4) * 2500 + 10 * 10_000,
    )
  })

  it('who would wait longer than the queue lets it is sent to the next target', async () => {
    const one = all()
    const queue = one.deps.queues.of(one.policy.providers.get('busy')!)
    const ask = { tenant: 't', priority: 'normal', model: 'x', deadline: Number.POSITIVE_INFINITY } as const
    const enter = () => queue.enter({ ...ask, cancellation: new Cancellation() })
    const result = { ok: true, overloaded: false, stream: false, firstTokenMs: null, durationMs: 3000, outputTokens: 1 }
    const first = await enter()
    one.clock.advance(3000)
    first.release(result)
    const running = await enter()
    const explained = one.explain('busy')
    assert.deepEqual(actions(explained), ['busy/x: fail', 'sandbox/echo: call'])
    const [{ queue: told, problem }] = explained.targets as [(typeof explained.targets)[number]]
    assert.deepEqual([told.running, told.limit, told.waiting, told.waitMs], [1, 1, 0, 3000])
    assert.equal(problem!.code, 'overloaded')
    assert.equal(queue.status.waiting, 0, 'nobody has entered')
    one.clock.advance(1500)
    assert.deepEqual(actions(one.explain('busy')), ['busy/x: call', 'sandbox/echo: standby'])
    running.release(null)
  })

  it('the budget of retries, the class and the time that are left', () => {
    const one = all()
    const headers = { 'x-gatehouse-priority': 'low', 'x-gatehouse-timeout': '5000' }
    const { priority, totalMs } = one.explain('forked', {}, { headers })
    assert.deepEqual([priority, totalMs], ['low', 5000])
    assert.equal(one.explain('forked').retryTokens, 10)
    one.deps.budgets.of('forked', 0.5).withdraw()
    assert.equal(one.explain('forked').retryTokens, 9)
  })

  it('is refused as the request would be', () => {
    const one = all()
    assert.throws(() => one.explain('nowhere'), isCode('unknown_route'))
    assert.throws(() => one.explain('mixed', { messages: 'Hello' }), isCode('invalid_request'))
    assert.throws(
      () => one.explain('mixed', {}, { headers: { 'x-gatehouse-timeout': 'soon' } }),
      isCode('invalid_header'),
    )
    assert.throws(
      () => one.explain('mixed', {}, { headers: { 'x-gatehouse-metadata': '[]' } }),
      isCode('invalid_header'),
    )
    const large = { messages: [{ role: 'user', content: 'x'.repeat(33 * 1024 * 1024) }] }
    assert.throws(() => one.explain('mixed', large), isCode('body_too_large'))
  })
})
