import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.ts'
import { goodReply, goodStream, readSse } from '../../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

/**
 * What the cache promises never to do, driven at random over the socket: every answer of the upstream is another one,
 * so that whose request it was made for can be told of each reply.
 */

let upstream: FakeUpstream
let gateway: TestGateway
const keys: { header: Record<string, string>; tenant: string; team: string | null }[] = []

before(async () => {
  upstream = await startFakeUpstream(({ json }, index) =>
    json.stream ? goodStream(`made ${index}`) : goodReply(`made ${index}`),
  )
  const route = (mode: string, more: Json = {}) => ({
    targets: [{ provider: 'up', model: 'm' }],
    breaker: { failures: 0 },
    cache: { mode, ...more },
  })
  gateway = await startGateway(
    routesConfig(
      { up: { kind: 'openai-compatible', base_url: upstream.url } },
      {
        tenant: route('exact'),
        team: route('semantic', { partition: 'team' }),
        user: route('semantic', { partition: 'user' }),
        session: route('exact', { partition: 'session', ttl: '50ms', stale_while_revalidate: '1h' }),
        like: route('semantic'),
      },
    ),
  )
  for (const [tenant, team] of [
    ['a', null],
    ['a', 'red'],
    ['a', 'blue'],
    ['b', 'red'],
    ['b', null],
    ['a', null],
  ] as const)
    keys.push({ header: gateway.key({ tenant, ...(team ? { team } : {}) }), tenant, team })
})
after(async () => {
  await gateway.stop()
  await upstream.close()
})

/** Names that try to end a field, to be another one, or to be nobody. */
const name = fc.constantFrom('x', 'x', 'a', 'x","y', 'null')
/** Mostly nothing. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value })
const request = fc.record({
  key: fc.nat({ max: 5 }),
  route: fc.constantFrom('tenant', 'team', 'user', 'session', 'like'),
  stream: fc.boolean(),
  question: fc.constantFrom(
    'What is the capital of France?',
    "what's the capital of France",
    'What is the capital of Peru?',
  ),
  system: fc.option(fc.constant('Be brief.')),
  user: fc.option(name),
  session: fc.option(name),
  namespace: rarely(name),
  forged: fc.option(
    fc.constantFrom(
      { 'x-gatehouse-metadata': '{"tenant":"a","team":"red","scope":"a"}' },
      { 'x-gatehouse-tenant': 'a', 'x-tenant': 'a', 'x-team': 'red' },
      { 'x-gatehouse-cache-scope': 'a', 'x-gatehouse-cache-key': 'x' },
    ),
  ),
  directive: rarely(fc.constantFrom('no-store', 'refresh')),
})
type Asked = typeof request extends fc.Arbitrary<infer T> ? T : never

/** Everything that must be the same where a reply is given again; `null`: it must not be given at all. */
function scopeOf({ key, route, user, session, namespace, system, question }: Asked): string | null {
  const { tenant, team } = keys[key]!
  const partition =
    { tenant: '', like: '', team, user: user && `${key} ${user}`, session: session && `${key} ${session}` }[route] ??
    null
  if (partition === null) return null
  // Of likeness, what it may not pass over.
  const meaning = route === 'tenant' || route === 'session' ? question : question.includes('Peru')
  return JSON.stringify([tenant, route, partition, namespace, system, meaning])
}

async function send({ key, route, stream, question, system, user, session, namespace, forged, directive }: Asked) {
  const messages = [...(system ? [{ role: 'system', content: system }] : []), { role: 'user', content: question }]
  const reply = await gateway.chat(
    { model: route, messages, stream, ...(user ? { user } : {}) },
    {
      ...keys[key]!.header,
      ...forged,
      ...(session ? { 'x-session-id': session } : {}),
      ...(namespace ? { 'x-gatehouse-cache-namespace': namespace } : {}),
      ...(directive ? { 'x-gatehouse-cache': directive } : {}),
    },
  )
  const body = await reply.text()
  assert.equal(reply.status, 200, body)
  const text = stream ? readSse(body).text : JSON.parse(body).choices[0].message.content
  return { made: Number(/^made (\d+)$/.exec(text)![1]), cache: reply.headers.get('x-gatehouse-cache')! }
}

test('no reply is given to another scope than the one that it was made for', { timeout: 120_000 }, async () => {
  const madeFor = new Map<number, string | null>()
  const counts = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 60 }), async (requests) => {
      // Some at once, so that replies under way are shared as well.
      for (let from = 0; from < requests.length; from += 4) {
        const some = requests.slice(from, from + 4)
        const replies = await Promise.all(some.map(send))
        const scopes = some.map(scopeOf)
        for (const [index, { made, cache }] of replies.entries()) {
          counts.set(cache, (counts.get(cache) ?? 0) + 1)
          if (cache === 'miss' || cache === 'bypass') {
            assert.ok(!madeFor.has(made), 'a reply that is made is made once')
            madeFor.set(made, cache === 'bypass' ? null : scopes[index]!)
          }
        }
        for (const [index, { made, cache }] of replies.entries()) {
          if (cache === 'miss' || cache === 'bypass') continue
          assert.notEqual(scopes[index], null)
          // What a background fetch made is of the scope of the stale reply, which was checked when it was given.
          if (madeFor.has(made)) assert.equal(madeFor.get(made), scopes[index])
          else {
            assert.equal(some[index]!.route, 'session', 'nobody else fetches in the background')
            madeFor.set(made, scopes[index]!)
          }
        }
      }
    }),
    { numRuns: 60, endOnFailure: true },
  )
  for (const cache of ['miss', 'bypass', 'hit-exact', 'hit-semantic', 'stale'])
    assert.ok((counts.get(cache) ?? 0) > 20, `${cache}: ${counts.get(cache)} of ${[...counts]}`)
})

const REDACTING = { use: 'regex', stage: 'post', action: 'redact', patterns: ['sk-[a-z0-9]+'] }

test('guardrails run on hits as on misses, and what they took out is not stored', async () => {
  const secretive = await startFakeUpstream(({ json }, index) => {
    const text = `call ${index}: the key is sk-${'abc123'.repeat(1 + (index % 3))}.`
    return json.stream ? goodStream(text) : goodReply(text)
  })
  const guarded = await startGateway(
    routesConfig(
      { up: { kind: 'openai-compatible', base_url: secretive.url } },
      {
        exact: { targets: [{ provider: 'up', model: 'm' }], cache: { mode: 'exact' }, guardrails: [REDACTING] },
        like: { targets: [{ provider: 'up', model: 'm' }], cache: { mode: 'semantic' }, guardrails: [REDACTING] },
      },
    ),
  )
  try {
    const asked = fc.record({
      route: fc.constantFrom('exact', 'like'),
      stream: fc.boolean(),
      question: fc.constantFrom('Which key is it?', 'which key is it please', 'Which keys are they?'),
    })
    const hits = new Set<string>()
    /** Of each kind of reply, the last. */
    const ids = new Map<string, string>()
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 4, maxLength: 12 }), async (requests) => {
        for (const { route, stream, question } of requests) {
          const reply = await guarded.chat(ask(route, question, { stream }))
          const body = await reply.text()
          assert.match(body, /removed by regex|REPLY_/)
          assert.doesNotMatch(body, /sk-/)
          const cache = reply.headers.get('x-gatehouse-cache')!
          hits.add(cache)
          ids.set(`${cache} ${stream}`, reply.headers.get('x-request-id')!)
          count += 1
        }
      }),
      { numRuns: 40, endOnFailure: true },
    )
    assert.deepEqual([...hits].sort(), ['hit-exact', 'hit-semantic', 'miss'])
    await guarded.stored(count)
    for (const [kind, id] of ids) {
      const { data: verdicts } = await guarded.admin<Json>(`guardrails/verdicts?request=${id}&passes=true`)
      assert.ok(
        verdicts.some(({ stage }: Json) => stage === 'post'),
        `${kind}: no guardrail looked at it`,
      )
    }
    const { data } = await guarded.admin<Json>('cache/entries?limit=100')
    assert.ok(data.length > 0)
    for (const { key } of data) {
      const entry = JSON.stringify(await guarded.admin(`cache/entries/${key}`))
      assert.match(entry, /removed by regex|REPLY_/)
      assert.doesNotMatch(entry, /sk-/)
    }
  } finally {
    await guarded.stop()
    await secretive.close()
  }
})
