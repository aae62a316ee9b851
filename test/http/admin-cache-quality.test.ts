import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { AuditPage, CacheQuality, LookUpPage } from '../../server/http/admin/schemas.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, readAdmin, sendAdmin } from './admin.ts'
import { checkOf, entryOf, lookUpOf, scopeOf, seedCache } from './cache-seed.ts'

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(`version: 1
routes:
  support: { targets: [{ provider: sandbox, model: echo }], cache: { mode: semantic, threshold: 0.8 } }
  facts: { targets: [{ provider: sandbox, model: echo }], cache: { mode: exact } }
`)
})
after(() => gateway.stop())

describe('quality', () => {
  const quality = (query = '') => readAdmin(gateway, `cache/quality${query}`, CacheQuality)

  test('a route that compares questions says where it stands before any was compared', async () => {
    const { data, look_ups } = await quality()
    assert.equal(data.length, 1)
    const [support] = data
    assert.deepEqual(
      [support!.route, support!.tenant, support!.samples, support!.look_ups, support!.guard],
      ['support', null, 0, 0, 'strict'],
    )
    assert.deepEqual([support!.configured_threshold, support!.base_threshold, support!.threshold], [0.8, 0.8, 0.8])
    assert.deepEqual(look_ups, [])
  })

  test('what was measured before it shipped comes along, for the embedder that was', async () => {
    const { measured } = await quality()
    assert.deepEqual([measured!.embedder, measured!.threshold, measured!.guard], ['builtin-lexical-1', 0.5, 'strict'])
    const at = (guard: string) => measured!.rows.find((row) => row.guard === guard && row.threshold === 0.5)!
    assert.ok(at('strict').wrong <= 0.001 && at('strict').recall >= 0.97)
    assert.ok(at('none').wrong > at('loose').wrong && at('loose').wrong > at('strict').wrong)
    assert.ok(measured!.sets.every(({ edits, variants }) => edits > 1000 && variants > 1000))
    const other = await startGateway(`version: 1
providers: { near: { kind: openai-compatible, base_url: 'http://127.0.0.1:9/v1' } }
cache: { embedder: { provider: near, model: small } }
routes:
  support: { targets: [{ provider: sandbox, model: echo }], cache: { mode: semantic } }
`)
    try {
      assert.equal((await readAdmin(other, 'cache/quality', CacheQuality)).measured, null)
    } finally {
      await other.stop()
    }
  })

  test('checks are counted by tenant, and too many wrong ones stop what is served', async () => {
    const good = Array.from({ length: 60 }, (_, index) => [
      lookUpOf(`req_good${index}`, 0.9, { outcome: 'check' }),
      checkOf(`req_good${index}`, 'The same', 'same'),
    ]).flat()
    const scope = scopeOf('globex', 'support')
    const bad = Array.from({ length: 20 }, (_, index) => [
      lookUpOf(`req_bad${index}`, 0.9, { outcome: 'check', scope }),
      checkOf(`req_bad${index}`, 'Another', 'different'),
    ]).flat()
    seedCache(gateway, [{ type: 'put', entry: entryOf('one', 'Like this.'), vector: null }, ...good, ...bad])
    const { data } = await quality('?route=support')
    const [acme, globex] = ['acme', 'globex'].map((name) => data.find(({ tenant }) => tenant === name)!)
    assert.deepEqual([acme!.samples, acme!.threshold, acme!.look_ups], [60, 0.8, 60])
    assert.ok(acme!.wrong.estimate < 0.01 && acme!.wrong.low < acme!.wrong.estimate)
    assert.ok(acme!.wrong.high > acme!.wrong.estimate)
    assert.equal(globex!.threshold, null)
    assert.ok(globex!.wrong.estimate > 0.1 && globex!.check_share === 1)
    const at = (row: typeof acme, threshold: number) => row!.curve.find((point) => point.threshold === threshold)!
    assert.equal(at(globex, 0.9).samples, 20)
    assert.ok(at(globex, 0.9).wrong!.estimate > 0.9)
    assert.equal(at(globex, 0.95).wrong, null)
  })

  test('look-ups to tune with come with a guard, also where none was asked at the time', async () => {
    seedCache(gateway, [
      lookUpOf('req_far', 0.7, {
        outcome: 'far',
        question: 'Flights to Rome',
        cachedQuestion: 'Flights to Paris',
      }),
      lookUpOf('req_near', 0.72, { outcome: 'far' }),
    ])
    const { look_ups } = await quality('?route=support&tenant=acme&limit=2')
    assert.deepEqual(
      look_ups.map(({ request_id, outcome, guard }) => [request_id, outcome, guard === null]),
      [
        ['req_near', 'far', true],
        ['req_far', 'far', false],
      ],
    )
    assert.deepEqual((await quality('?route=support&tenant=nobody')).look_ups, [])
  })
})

describe('review', () => {
  const lookUps = (query = '') => readAdmin(gateway, `cache/lookups${query}`, LookUpPage)
  const review = (lookUp: number | string, verdict: string) =>
    sendAdmin(gateway, 'POST', `cache/lookups/${lookUp}/review`, { verdict })

  test('look-ups are listed with both answers, newest first, page by page, and narrowed', async () => {
    const page = await lookUps('?outcome=check&agreement=different&limit=15')
    assert.equal(page.data.length, 15)
    const [newest] = page.data
    assert.deepEqual(
      [newest!.tenant, newest!.request_id, newest!.cached_answer, newest!.fresh_answer, newest!.agreement],
      ['globex', 'req_bad19', 'Like this.', 'Another', 'different'],
    )
    const rest = await lookUps(`?outcome=check&agreement=different&limit=15&cursor=${page.next_cursor}`)
    assert.deepEqual([rest.data.length, rest.next_cursor], [5, null])
    assert.equal((await lookUps('?route=facts')).data.length, 0)
    assert.equal((await askAdmin(gateway, 'cache/lookups?outcome=near')).status, 400)
  })

  test('a verdict changes the estimate, forgets a wrong answer, and stands in the trail', async () => {
    const [lookUp] = (await lookUps('?tenant=acme&outcome=check&limit=1')).data
    const before = (await gateway.admin<CacheQuality>('cache/quality?tenant=acme')).data[0]!
    const reply = await review(lookUp!.id, 'wrong')
    assert.deepEqual(await reply.json(), { id: lookUp!.id, verdict: 'wrong', key: 'one' })
    const after = (await gateway.admin<CacheQuality>('cache/quality?tenant=acme')).data[0]!
    assert.ok(after.wrong.estimate > before.wrong.estimate)
    assert.equal((await askAdmin(gateway, 'cache/entries/one')).status, 404)
    const [judged] = (await lookUps('?tenant=acme&outcome=check&limit=1')).data
    assert.deepEqual([judged!.review, judged!.cached_answer], ['wrong', null])
    const open = await lookUps('?tenant=acme&outcome=check&unreviewed=true&limit=100')
    assert.ok(open.data.every(({ id, review }) => id !== lookUp!.id && review === null))
    const [noted] = (await readAdmin(gateway, 'audit?limit=1', AuditPage)).data
    assert.deepEqual(
      [noted!.actor, noted!.action, noted!.detail],
      [
        'admin token',
        'cache-review',
        { look_up: lookUp!.id, review: 'wrong', tenant: 'acme', route: 'support', key: 'one' },
      ],
    )
  })

  test('a verdict on what a guard kept apart is no evidence: nothing would have served it', async () => {
    seedCache(gateway, [lookUpOf('req_apart', 0.97, { outcome: 'guarded', guard: 'numbers' })])
    const [apart] = (await lookUps('?outcome=guarded')).data
    assert.equal(apart!.guard, 'numbers')
    const before = (await gateway.admin<CacheQuality>('cache/quality?tenant=acme')).data[0]!
    assert.equal((await review(apart!.id, 'wrong')).status, 200)
    const after = (await gateway.admin<CacheQuality>('cache/quality?tenant=acme')).data[0]!
    assert.deepEqual([after.samples, after.wrong], [before.samples, before.wrong])
  })

  test('what is not there cannot be judged, and there are two verdicts', async () => {
    const missing = await review(999_999, 'right')
    assert.equal(missing.status, 404)
    assert.match(await missing.text(), /There is no look-up 999999/)
    assert.equal((await review(1, 'maybe')).status, 400)
    assert.equal((await review('one', 'right')).status, 400)
    const { data } = await readAdmin(gateway, 'audit?limit=1', AuditPage)
    assert.equal(data[0]!.detail.review, 'wrong', 'what did not happen is not noted')
  })
})
