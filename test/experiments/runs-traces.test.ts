import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { rowOf } from '../http/admin.ts'
import type { Json } from '../support/gateway.ts'
import { RunSite } from './runs-site.ts'
import { openSite, type Site } from './site.ts'

const TWO = { target: 'two/small' }

describe('a run over stored traffic', () => {
  let site: Site
  let runs: RunSite
  const contents = ['Plain', 'Streamed', 'Me again: eve@example.com']
  before(async () => {
    site = await openSite(
      'content: {}\ncache: { mode: exact }\nevaluators: { watch: [{ use: contains, any: ["42."] }] }',
    )
    runs = new RunSite(site.gateway)
    for (const [index, content] of contents.entries()) {
      const body = { model: 'support', stream: index === 1, messages: [{ role: 'user', content }], temperature: 0.5 }
      await (await site.gateway.chat(body, { 'x-gatehouse-metadata': `{"tier":"t${index}"}` })).text()
    }
    await site.gateway.stored(contents.length)
  })
  after(() => site.stop())

  it('sends each request as it was, and compares with what was replied then', async () => {
    const run = await runs.done({ traces: { route: 'support', where: ['status=200'] }, candidate: TWO })
    assert.equal(run.total, 3)
    assert.deepEqual(run.evaluators, ['contains'])
    const seen = new Map(
      site.candidate.seen.map(({ json }) => [(json.messages as { content: string }[])[0]!.content, json]),
    )
    assert.deepEqual([...seen.keys()].sort(), ['Me again: [EMAIL]', 'Plain', 'Streamed'])
    assert.deepEqual([seen.get('Plain')!.stream, seen.get('Streamed')!.stream], [undefined, true])
    assert.equal(seen.get('Plain')!.temperature, 0.5)
    assert.equal(seen.get('Plain')!.model, 'small')
    const pairs = await runs.pairs(run.id)
    for (const pair of pairs) {
      assert.equal(pair.skipped, null)
      assert.deepEqual(
        [pair.baseline!.target, pair.baseline!.measures['score:contains'], pair.candidate!.measures['score:contains']],
        ['one/big', 1, 0],
      )
      assert.equal(pair.change!.kind, 'format-only')
      assert.ok(pair.baseline!.measures.latency! > 0 && pair.baseline!.measures.tokens === 5)
    }
  })

  it('runs on the record of its own, linked to the request, and in nobody’s figures or cache', async () => {
    const [run] = (await site.gateway.admin<Json>('runs')).data
    const [pair] = await runs.pairs(run.id)
    const own: Json = await rowOf(site.gateway, pair!.candidate!.requestId!)
    assert.deepEqual([own.purpose, own.tenant, own.route], ['replay', 'local', 'support'])
    const trace = await site.gateway.admin<Json>(`traces/${own.trace_id}`)
    const root = trace.spans.find((span: Json) => span.parent_span_id === null)
    const original = await site.gateway.admin<Json>(`requests/${pair!.baseline!.requestId}`)
    assert.equal(root.links[0].trace_id, original.trace_id)
    assert.equal((await site.gateway.admin<Json>('stats')).total.requests, contents.length)
    const again = await site.gateway.chat({
      model: 'support',
      messages: [{ role: 'user', content: 'Me again: [EMAIL]' }],
    })
    await again.text()
    assert.equal(again.headers.get('x-gatehouse-cache'), 'miss')
  })

  it('gives the facts of a request to the route that is tried', async () => {
    const config = `version: 1
providers:
  one: { kind: vllm, base_url: "${site.primary.url}/v1" }
  two: { kind: vllm, base_url: "${site.candidate.url}/v1" }
routes:
  support:
    targets: [{ provider: one, model: new }]
    when: [{ if: { metadata.tier: t1 }, use: [two/special] }]
`
    site.primary.seen.length = 0
    site.candidate.seen.length = 0
    const run = await runs.done({ traces: { route: 'support', limit: 3 }, candidate: { config } })
    assert.match(run.candidate, /^config [0-9a-f]{12}$/)
    assert.deepEqual(site.primary.seen.map(({ json }) => json.model).sort(), ['new', 'new'])
    assert.deepEqual(
      site.candidate.seen.map(({ json }) => json.model),
      ['special'],
    )
    const [pair] = await runs.pairs(run.id)
    const own = await rowOf(site.gateway, pair!.candidate!.requestId!)
    assert.equal(own.revision, run.candidate.slice('config '.length))
    // Callers get what the running config says.
    const live = await site.gateway.chat({ model: 'support', messages: [{ role: 'user', content: 'Now' }] })
    assert.equal(live.headers.get('x-gatehouse-model'), 'big')
    await live.text()
  })
})
