import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { Explanation } from '../../server/http/admin/explain-schemas.ts'
import { SURFACES } from '../../server/http/surfaces.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { assertFits, sendAdmin } from './admin.ts'

const SECRET = 'verysecret-1'
const CONFIG = (url: string) => `version: 1
direct_access: true
anonymous: off
providers:
  up: { kind: openai-compatible, base_url: "${url}/v1", api_key: "\${env:KEY}", max_concurrency: 4 }
  claude: { kind: anthropic, base_url: "${url}", api_key: "\${env:KEY}" }
  gem: { kind: gemini, base_url: "${url}", api_key: "\${env:KEY}" }
routes:
  chain:
    targets: [{ provider: up, model: x }, { provider: claude, model: y }]
    fallback: { cached: stale }
    idempotency: 10m
  plain:
    targets: [{ provider: gem, model: gemini-2.5-flash }]
    idempotency: 0s
`

let gateway: TestGateway
let upstream: FakeUpstream
before(async () => {
  upstream = await startFakeUpstream(() => goodReply())
  gateway = await startGateway(CONFIG(upstream.url), { environment: { KEY: SECRET } })
})
beforeEach(() => {
  upstream.seen = []
})
after(async () => {
  await gateway.stop()
  await upstream.close()
})

const post = (route: string, body: unknown) =>
  sendAdmin(gateway, 'POST', `routes/${encodeURIComponent(route)}/explain`, body)
async function explained(route: string, body: unknown): Promise<Explanation> {
  const response = await post(route, body)
  const json = await response.json()
  assert.equal(response.status, 200, JSON.stringify(json))
  assertFits(Explanation, json, route)
  return json as Explanation
}
async function refused(
  route: string,
  body: unknown,
): Promise<{ status: number; code: string; message: string; hint: string | null }> {
  const response = await post(route, body)
  const { error } = (await response.json()) as { error: { code: string; message: string; hint: string | null } }
  return { status: response.status, ...error }
}

describe('POST /admin/api/routes/{route}/explain', () => {
  it('takes a request as an app would send it; the path names the route', async () => {
    const { route, would_call, dialect, surface, live, targets, revision } = await explained('chain', ask('other'))
    assert.deepEqual(
      [route, would_call, dialect, surface, live],
      ['chain', 'up/x', 'openai-chat', '/v1/chat/completions', true],
    )
    assert.deepEqual(
      targets.map(({ position, action, passes }) => [position, action, passes]),
      [
        [0, 'call', true],
        [1, 'standby', false],
      ],
    )
    assert.deepEqual([targets[0]!.queue.limit, targets[1]!.queue.limit], [4, null])
    assert.equal(revision, gateway.app.config.current().revision)
  })

  it('calls nobody, records nothing, and tells neither the text nor a credential', async () => {
    const requests = await gateway.admin<{ data: unknown[] }>('requests')
    const request = ask('chain', 'my-private-words', {
      metadata: { note: `key ${SECRET} and sk-abcdefgh`, tier: 'gold' },
    })
    const headers = {
      Authorization: `Bearer ${SECRET}`,
      'X-Api-Key': SECRET,
      'X-Session-Id': 's-1',
      'x-other': 'unseen',
    }
    const answer = await explained('chain', { request, headers })
    assert.equal(answer.facts.session, 's-1')
    assert.equal(answer.facts['metadata.tier'], 'gold')
    assert.equal(answer.facts['metadata.note'], 'key [redacted] and [redacted]')
    assert.doesNotMatch(JSON.stringify(answer), new RegExp(`${SECRET}|private-words|sk-abc|unseen`))
    assert.equal(upstream.seen.length, 0)
    assert.deepEqual(await gateway.admin('requests'), requests)
  })

  it('speaks for the caller that it is told, else for tenant local', async () => {
    const caller = { tenant: 'acme', team: null, user: 'u', session: 's', metadata: { tier: 'gold' } }
    const { facts, cache } = await explained('chain', { request: ask('chain'), caller })
    assert.deepEqual([facts.tenant, facts.team, facts.user, facts['metadata.tier']], ['acme', null, 'u', 'gold'])
    assert.deepEqual([cache.tenant, cache.partition], ['acme', null])
    assert.equal((await explained('chain', ask('chain'))).facts.tenant, 'local')
  })

  it('shows what a reply may be repeated for, the settings, and the budget', async () => {
    const { cache, idempotency, budget, guardrails, settings } = await explained('chain', ask('chain'))
    assert.deepEqual([cache.mode, cache.passed_by, cache.tenant], ['stale', null, 'local'])
    assert.match(cache.key ?? '', /^[\w-]{43}$/)
    assert.equal(idempotency?.lifetime_ms, 600_000)
    assert.deepEqual([budget, guardrails], [{ retry_tokens: 10, spend: null }, []])
    assert.deepEqual(settings.last_resort, ['stale'])
    const off = await explained('plain', ask('x'))
    assert.deepEqual([off.cache.mode, off.cache.key, off.idempotency], ['off', null, null])
  })

  it('explains every endpoint in its own format', async () => {
    const messages = [{ role: 'user', content: 'Hello' }]
    const BODIES: Record<string, object> = {
      '/v1/chat/completions': { messages },
      '/v1/completions': { prompt: 'Hello' },
      '/v1/responses': { input: 'Hello' },
      '/v1/embeddings': { input: 'Hello' },
      '/v1/rerank': { query: 'a', documents: ['b'] },
      '/v2/rerank': { query: 'a', documents: ['b'] },
      '/v1/audio/speech': { input: 'Hello', voice: 'alloy' },
      '/v1/audio/transcriptions': {},
      '/v1/images/generations': { prompt: 'a house' },
      '/v1/moderations': { input: 'Hello' },
      '/v1/messages': { messages, max_tokens: 10 },
      '/v1/messages/count_tokens': { messages },
      '/api/chat': { messages, stream: false },
      '/api/generate': { prompt: 'Hello' },
      '/api/embed': { input: 'Hello' },
      '/api/embeddings': { prompt: 'Hello' },
    }
    for (const [surface, dialect] of Object.entries(SURFACES)) {
      const answer = await explained('chain', { request: BODIES[surface] ?? {}, surface })
      assert.deepEqual([answer.surface, answer.dialect, answer.route], [surface, dialect, 'chain'])
    }
    const { targets } = await explained('chain', { request: BODIES['/v1/messages'], surface: '/v1/messages' })
    assert.deepEqual(
      targets.map(({ dialect, passes }) => [dialect, passes]),
      [
        ['openai-chat', false],
        ['anthropic-messages', true],
      ],
    )
    const counted = await explained('chain', { request: BODIES['/v1/messages'], surface: '/v1/messages/count_tokens' })
    assert.deepEqual(
      counted.targets.map(({ passes, estimated }) => [passes, estimated]),
      [
        [false, true],
        [true, false],
      ],
    )
  })

  it('takes endpoints of Gemini as they are recorded and as they are documented', async () => {
    const request = { contents: [{ parts: [{ text: 'Hello' }] }] }
    for (const model of [':model', '{model}', 'gemini-2.5-flash'])
      for (const [method, stream] of [
        ['generateContent', false],
        ['streamGenerateContent', true],
      ] as const) {
        const answer = await explained('plain', { request, surface: `/v1beta/models/${model}:${method}` })
        assert.deepEqual(
          [answer.dialect, answer.stream, answer.surface],
          ['gemini', stream, `/v1beta/models/:model:${method}`],
        )
        assert.equal(answer.targets[0]!.passes, true)
      }
  })

  it('explains provider/model where the config lets it be called directly', async () => {
    const answer = await explained('claude/anything', ask('x'))
    assert.deepEqual(
      [answer.strategy, answer.would_call, answer.budget.retry_tokens],
      ['direct', 'claude/anything', null],
    )
  })

  it('shows a target that was taken out by hand, and who takes its place', async () => {
    const drain = (drained: boolean) => sendAdmin(gateway, 'POST', 'drains', { provider: 'up', drained })
    await drain(true)
    const { would_call, targets } = await explained('chain', ask('chain'))
    assert.deepEqual([would_call, targets[0]!.standing, targets[0]!.action], ['claude/y', 'drained', 'skip'])
    await drain(false)
    assert.equal((await explained('chain', ask('chain'))).would_call, 'up/x')
  })

  it('refuses what makes no sense, in words', async () => {
    assert.deepEqual(await refused('nowhere', ask('x')), {
      status: 404,
      code: 'not_found',
      message: 'There is no route `nowhere`.',
      hint: 'These are: chain, plain.',
    })
    const surface = await refused('chain', { request: ask('x'), surface: '/v1/nothing' })
    assert.deepEqual([surface.status, surface.code], [400, 'invalid_request'])
    for (const known of Object.keys(SURFACES)) assert.ok(surface.hint!.includes(known), known)
    assert.ok(surface.hint!.includes('/v1beta/models/{model}:generateContent'))
    const wrong = [
      {},
      [],
      { messages: 'Hello' },
      { request: { messages: 'Hello' } },
      { request: ask('x'), surfcae: '/v1/messages' },
      { request: ask('x'), caller: { tenannt: 'x' } },
      { request: ask('x'), headers: { 'x-gatehouse-priority': 'urgent' } },
    ]
    for (const body of wrong) {
      const { status, code, message } = await refused('chain', body)
      assert.equal(status, 400, JSON.stringify(body))
      assert.ok(['invalid_request', 'invalid_header'].includes(code), message)
    }
  })

  it('is no business of callers', async () => {
    const response = await fetch(`${gateway.url}/admin/api/routes/chain/explain`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask('chain')),
    })
    assert.equal(response.status, 401)
  })
})
