import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chunk, DONE, goodReply, ROLE, readSse, SSE, STOP } from '../../support/frames.ts'
import { ask, type Json } from '../../support/gateway.ts'
import { type CacheSite, openSite } from './cache-site.ts'

describe('what a route keeps, and for how long', () => {
  let site: CacheSite
  before(async () => {
    site = await openSite(
      {
        r: {},
        tools: { tool_calls: true },
        wild: { max_temperature: 2, choices: true },
        short: { ttl: '300ms' },
        stale: { ttl: '100ms', stale_while_revalidate: '1h' },
        better: { ttl: '100ms', stale_if_error: '1h' },
        slow: { pace: 'natural' },
        plain: null,
      },
      { max_reply: '4KB' },
    )
  })
  beforeEach(() => site.works())
  after(() => site.close())

  it('does not keep errors, tool calls, refusals, and what is cut off or empty', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }
    const bad: Json[] = [
      { status: 500, chunks: ['{"error":{"message":"no"}}'] },
      { headers: SSE, chunks: [ROLE, chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' })], ending: 'cut' },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' }), chunk({}, 'length'), DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' }), chunk({}, 'content_filter'), DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ refusal: 'I cannot.' }), STOP, DONE] },
      { headers: SSE, chunks: [ROLE, STOP, DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'x'.repeat(5000) }), STOP, DONE] },
    ]
    for (const [index, script] of bad.entries()) {
      const body = ask('r', `Bad ${index}`, { stream: true })
      site.upstream.answer = () => script
      await site.tell(body)
      site.works()
      assert.equal((await site.tell(body)).cache, 'miss', `case ${index}`)
    }
    const body = ask('tools', 'Bad 1', { stream: true })
    site.upstream.answer = () => bad[1]
    await site.tell(body)
    assert.equal((await site.tell(body)).cache, 'hit-exact', 'unless the route says so')
  })

  it('leaves requests alone that want another answer each time', async () => {
    for (const more of [{ temperature: 1.5 }, { n: 2 }]) {
      const body = (route: string) => [ask(route, 'Surprise me', more)] as const
      assert.deepEqual(await site.outcomes(body('r'), body('r')), ['bypass', 'bypass'])
      assert.deepEqual(
        await site.outcomes(body('wild'), body('wild')),
        ['miss', 'hit-exact'],
        'unless the route says so',
      )
    }
    assert.deepEqual(await site.outcomes([ask('plain')], [ask('plain')]), ['bypass', 'bypass'])
  })

  it('forgets after the ttl', async () => {
    const body = ask('short', 'Brief')
    assert.deepEqual(await site.outcomes([body], [body]), ['miss', 'hit-exact'])
    await sleep(350)
    assert.equal((await site.tell(body)).cache, 'miss')
  })

  it('gives a stale reply while it fetches another one, once', async () => {
    const body = ask('stale', 'News')
    const first = await site.tell(body)
    await sleep(120)
    const before = site.upstream.seen.length
    const stale = await Promise.all([site.tell(body), site.tell(body), site.tell(body)])
    for (const told of stale) assert.deepEqual([told.cache, told.text], ['stale', first.text])
    while (site.upstream.seen.length === before) await sleep(5)
    await sleep(50)
    assert.equal(site.upstream.seen.length, before + 1)
    const renewed = await site.tell(body)
    assert.equal(renewed.text, `answer ${before}`)
    const { data } = await site.gateway.admin<Json>('requests?route=stale&limit=100')
    const traces = stale.map(({ headers }) => headers.get('x-gatehouse-trace-id'))
    const fetched = data.filter((row: Json) => row.cache === 'miss' && traces.includes(row.trace_id))
    assert.equal(fetched.length, 1, 'the fetch is a request of its own, in the trace of the one that began it')
  })

  it('gives the reply of better days where every target fails', async () => {
    const body = ask('better', 'Weather')
    const first = await site.tell(body)
    await sleep(120)
    site.upstream.answer = () => ({ status: 503, chunks: ['{}'] })
    const stale = await site.tell(body)
    assert.deepEqual([stale.status, stale.cache, stale.text], [200, 'stale', first.text])
    site.works()
    assert.equal((await site.tell(body)).cache, 'miss', 'and not where one answers')
  })

  it('does not keep what was under way when the cache was purged', async () => {
    const body = ask('r', 'Purged')
    const { upstream, gateway } = site
    const before = upstream.seen.length
    upstream.answer = () => ({ ...goodReply('old'), headDelayMs: 150 })
    const first = site.tell(body)
    while (upstream.seen.length === before) await sleep(1)
    const purge = await fetch(`${gateway.url}/admin/api/cache/purge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.adminToken}` },
      body: JSON.stringify({ route: 'r' }),
    })
    assert.equal(purge.status, 200)
    const { headers } = await first
    const { cache_detail: detail } = await gateway.recorded({ headers } as Response)
    assert.match(detail!.why!, /purged meanwhile/)
    site.works()
    assert.equal((await site.tell(body)).cache, 'miss')
  })

  it('streams at a natural pace where the route says so', async () => {
    const words = Array.from({ length: 10 }, (_, index) => `word${index} `)
    site.upstream.answer = () => ({
      headers: SSE,
      chunks: [ROLE, ...words.map((content) => chunk({ content })), STOP, DONE],
      chunkDelayMs: 10,
    })
    const body = ask('slow', 'Count', { stream: true })
    await site.tell(body)
    const reply = await site.gateway.chat(body)
    assert.equal(reply.headers.get('x-gatehouse-cache'), 'hit-exact')
    const pieces: string[] = []
    for await (const piece of reply.body!) pieces.push(Buffer.from(piece).toString())
    assert.ok(pieces.length > 2, 'it came in several pieces over time')
    assert.equal(readSse(pieces.join('')).text, words.join(''))
  })
})
