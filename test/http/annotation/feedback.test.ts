import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { openForReading, openForWriting } from '../../../server/stores/database.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

let gateway: TestGateway
let acme: Record<string, string>
let globex: Record<string, string>
before(async () => {
  gateway = await startGateway(routesConfig({}, { support: ['sandbox/echo'] }))
  acme = gateway.key({ tenant: 'acme' })
  globex = gateway.key({ tenant: 'globex' })
})
after(() => gateway.stop())

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/v1/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

async function requestOf(headers: Record<string, string>, more: Record<string, string> = {}): Promise<Headers> {
  const reply = await gateway.chat(ask('support'), { ...headers, ...more })
  await reply.text()
  assert.equal(reply.status, 200)
  return reply.headers
}

const idOf = (headers: Headers) => headers.get('x-request-id')!

interface Row {
  id: string
  request_id: string
  tenant: string
  user: string | null
  value: number
  comment: string | null
}

function rows(): Row[] {
  const db = openForReading(gateway.home.store)
  try {
    return db.prepare('SELECT * FROM feedback ORDER BY id').all() as Row[]
  } finally {
    db.close()
  }
}

async function refused(reply: Response): Promise<{ message: string; param: string | null; code: string }> {
  assert.ok(!reply.ok, `${reply.status}`)
  const { error } = (await reply.json()) as { error: { message: string; type: string; param: string; code: string } }
  assert.equal(typeof error.type, 'string')
  return error
}

describe('what apps tell of replies', () => {
  test('is taken right after the reply, while its record is still on its way', async () => {
    const request_id = idOf(await requestOf(acme))
    const reply = await post({ request_id, rating: 'up' }, acme)
    assert.equal(reply.status, 201)
    const told = (await reply.json()) as { id: string; request_id: string }
    assert.deepEqual(Object.keys(told), ['id', 'request_id'])
    assert.match(told.id, /^fb_[0-9a-f]{28}$/)
    assert.equal(told.request_id, request_id)
    const row = rows().find(({ id }) => id === told.id)!
    assert.deepEqual([row.request_id, row.tenant, row.value, row.comment], [request_id, 'acme', 1, null])
  })

  test('may name the trace, while that has one request', async () => {
    const one = await requestOf(acme)
    const trace_id = one.get('x-gatehouse-trace-id')!
    const told = (await (await post({ trace_id, value: -0.5 }, acme)).json()) as { request_id: string }
    assert.equal(told.request_id, idOf(one))
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await gateway.recorded({ headers: await requestOf(acme, { traceparent }) } as Response)
    await gateway.recorded({ headers: await requestOf(acme, { traceparent }) } as Response)
    const error = await refused(await post({ trace_id: traceparent.slice(3, 35), rating: 'up' }, acme))
    assert.match(error.message, /more than one request.*`request_id`/)
    assert.equal(error.param, 'trace_id')
  })

  test('replaces what the same key said for the same user, and nothing else', async () => {
    const request_id = idOf(await requestOf(acme))
    const say = async (body: object, headers = acme) =>
      ((await (await post({ request_id, ...body }, headers)).json()) as { id: string }).id
    const first = await say({ rating: 'up' })
    assert.equal(await say({ rating: 'down', comment: 'On second thoughts, no.' }), first)
    const ofUser = await say({ rating: 'up', user: 'u-1' })
    const ofOther = await say({ rating: 'up', user: 'u-2' })
    const byOtherKey = await say({ rating: 'up' }, gateway.key({ tenant: 'acme' }) as typeof acme)
    assert.equal(new Set([first, ofUser, ofOther, byOtherKey]).size, 4)
    const own = rows().filter((row) => row.request_id === request_id)
    assert.equal(own.length, 4)
    const { value, comment } = own.find(({ id }) => id === first)!
    assert.deepEqual([value, comment], [-1, 'On second thoughts, no.'])
  })

  test('does so for those who come without a key, too', async () => {
    const request_id = idOf(await requestOf({}))
    for (const rating of ['up', 'down']) assert.equal((await post({ request_id, rating })).status, 201)
    const own = rows().filter((row) => row.request_id === request_id)
    assert.deepEqual(
      own.map(({ tenant, value }) => [tenant, value]),
      [['local', -1]],
    )
  })

  test('is heard of a hundred users of one request, who may change their minds', async () => {
    const request_id = idOf(await requestOf(acme))
    const say = async (user: string) => (await post({ request_id, rating: 'up', user }, acme)).status
    assert.equal(await say('u-0'), 201)
    const others = await Promise.all(Array.from({ length: 99 }, (_, index) => say(`u-${index + 1}`)))
    assert.deepEqual([...new Set(others)], [201])
    assert.match((await refused(await post({ request_id, rating: 'up', user: 'u-100' }, acme))).message, /100 users/)
    assert.equal(await say('u-7'), 201)
  })

  test('holds no personal data and no secret', async () => {
    const request_id = idOf(await requestOf(acme))
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`
    const comment = `Wrong! Write to ann@example.com, the token is ${secret}.`
    assert.equal((await post({ request_id, rating: 'down', comment }, acme)).status, 201)
    const [row] = rows().filter((each) => each.request_id === request_id)
    assert.match(row!.comment!, /^Wrong! Write to \[EMAIL\]/)
    assert.ok(!row!.comment!.includes('example.com') && !row!.comment!.includes(secret), row!.comment!)
  })
})

describe('what is refused says what to send', () => {
  const good = { request_id: `req_${'0'.repeat(28)}`, rating: 'up' }
  const bad: readonly [body: unknown, param: string | null, message: RegExp][] = [
    ['[]', null, /no JSON object/],
    ['{', null, /not JSON/],
    [{ rating: 'up' }, 'request_id', /`request_id` or by `trace_id`.*x-request-id/],
    [{ ...good, trace_id: '0'.repeat(32) }, 'request_id', /Say which reply/],
    [{ ...good, request_id: 'req_1' }, 'request_id', /no id of a request/],
    [{ ...good, request_id: 7 }, 'request_id', /no id of a request/],
    [{ trace_id: 'x', rating: 'up' }, 'trace_id', /no id of a trace/],
    [{ request_id: good.request_id }, 'rating', /`rating` or by `value`/],
    [{ ...good, value: 1 }, 'rating', /`rating` or by `value`/],
    [{ ...good, rating: 'UP' }, 'rating', /neither "up" nor "down"/],
    [{ ...good, rating: 'constructor' }, 'rating', /neither "up" nor "down"/],
    [{ request_id: good.request_id, value: 2 }, 'value', /from -1 to 1/],
    [{ request_id: good.request_id, value: '1' }, 'value', /from -1 to 1/],
    [{ ...good, comment: 'x'.repeat(2001) }, 'comment', /up to 2000 characters/],
    [{ ...good, user: 'x'.repeat(257) }, 'user', /up to 256 characters/],
    [{ ...good, score: 1 }, 'score', /no member `score`.*request_id, trace_id/],
  ]
  for (const [body, param, message] of bad)
    test(`${JSON.stringify(body)}`.slice(0, 80), async () => {
      const reply = await post(body, acme)
      assert.equal(reply.status, 400)
      const error = await refused(reply)
      assert.match(error.message, message)
      assert.equal(error.param, param)
    })

  test('a key that is none, another method, and a body that is too large', async () => {
    assert.equal((await refused(await post(good, { authorization: 'Bearer gh-none' }))).code, 'invalid_api_key')
    const got = await fetch(`${gateway.url}/v1/feedback`)
    assert.deepEqual([got.status, got.headers.get('allow')], [405, 'POST'])
    assert.equal((await post({ ...good, comment: 'x'.repeat(20_000) }, acme)).status, 413)
  })

  test('a comment of the longest size is no such body, however it is written', async () => {
    const request_id = idOf(await requestOf(acme))
    const escaped = `{"request_id":"${request_id}","rating":"up","comment":"${'\\u00e9'.repeat(2000)}"}`
    assert.equal((await post(escaped, acme)).status, 201)
  })
})

describe('across tenants', () => {
  const withoutId = (text: string, id: string) => text.replaceAll(id, 'ID')

  test('another’s request is unknown: the same words, the same status, as long to wait, and nothing is written', async () => {
    const theirs = await requestOf(globex)
    await gateway.recorded({ headers: theirs } as Response)
    const before = rows().length
    const tell = async (named: object, id: string) => {
      const from = performance.now()
      const reply = await post({ ...named, rating: 'down' }, acme)
      const text = withoutId(await reply.text(), id)
      return { status: reply.status, text, ms: performance.now() - from }
    }
    const id = idOf(theirs)
    const made = `${id.slice(0, -4)}0000`
    const trace = theirs.get('x-gatehouse-trace-id')!
    const madeTrace = `${trace.slice(0, -4)}0000`
    for (const [known, unknown] of [
      [await tell({ request_id: id }, id), await tell({ request_id: made }, made)],
      [await tell({ trace_id: trace }, trace), await tell({ trace_id: madeTrace }, madeTrace)],
    ] as const) {
      assert.deepEqual([known.status, known.text], [404, unknown.text])
      assert.equal(unknown.status, 404)
      assert.match(known.text, /ID of yours/)
      for (const { ms } of [known, unknown]) assert.ok(ms >= 1000, `${ms}`)
    }
    assert.equal(rows().length, before)
  })

  test('whoever asks for whatever, only one’s own request is ever written to', async () => {
    const tenants = { acme, globex, initech: gateway.key({ tenant: 'initech' }) as typeof acme }
    const names = Object.keys(tenants) as (keyof typeof tenants)[]
    const requests: { tenant: string; id: string; trace: string }[] = []
    for (const tenant of names)
      for (let count = 0; count < 3; count += 1) {
        const headers = await requestOf(tenants[tenant])
        await gateway.recorded({ headers } as Response)
        requests.push({ tenant, id: idOf(headers), trace: headers.get('x-gatehouse-trace-id')! })
      }
    const call = fc.record({
      by: fc.constantFrom(...names),
      of: fc.constantFrom(...requests),
      byTrace: fc.boolean(),
      rating: fc.constantFrom('up', 'down'),
      user: fc.constantFrom('ann', 'bob', undefined),
    })
    // Those who wait do so together: a run takes a second.
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 10, maxLength: 40 }), async (calls) => {
        await Promise.all(
          calls.map(async ({ by, of, byTrace, rating, user }) => {
            const named = byTrace ? { trace_id: of.trace } : { request_id: of.id }
            const reply = await post({ ...named, rating, user }, tenants[by])
            assert.equal(reply.status, by === of.tenant ? 201 : 404)
            await reply.text()
          }),
        )
        const owners = new Map(requests.map(({ id, tenant }) => [id, tenant]))
        for (const { request_id, tenant } of rows())
          if (owners.has(request_id)) assert.equal(tenant, owners.get(request_id))
      }),
      { numRuns: 8 },
    )
  })

  test('nor is a request known that the gateway made for itself', async () => {
    const request_id = idOf(await requestOf(acme))
    await gateway.recorded({ headers: new Headers({ 'x-request-id': request_id }) } as Response)
    const db = openForWriting(gateway.home.store)
    db.prepare("UPDATE requests SET purpose = 'mirror' WHERE request_id = ?").run(request_id)
    db.close()
    assert.equal((await post({ request_id, rating: 'up' }, acme)).status, 404)
  })
})
