import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PromotionPlan, PromotionRow } from '../../server/http/admin/promotion-schemas.ts'
import type { Json } from '../support/gateway.ts'
import { chatReply, openSite, type Site } from './site.ts'

const ROUTE = `# Why these two: ask Ada.
mirror: { target: two/small, sample: 1, when: always, self: 0, max_concurrency: 4 }
fallback: { on_error: true }`

let site: Site
afterEach(() => site.stop())

const ask = async (content: string, session?: string) => {
  const headers = session === undefined ? {} : { 'x-session-id': session }
  const reply = await site.gateway.chat({ model: 'support', messages: [{ role: 'user', content }] }, headers)
  await reply.text()
  return reply
}

/** So many requests, a few at a time. */
async function traffic(count: number): Promise<Response[]> {
  const replies: Response[] = []
  for (let from = 0; from < count; from += 10)
    replies.push(...(await Promise.all(Array.from({ length: 10 }, (_, index) => ask(`Question ${from + index}`)))))
  return replies
}

async function post<T>(path: string, body: object = {}): Promise<{ status: number; json: T }> {
  const reply = await fetch(`${site.gateway.url}/admin/api/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.gateway.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: reply.status, json: (await reply.json()) as T }
}

const configText = () => readFileSync(site.gateway.home.config, 'utf8')
const promotion = async () => (await site.gateway.admin<{ data: PromotionRow[] }>('promotions')).data[0]!
const OVERRIDE = { candidate: 'two/small', reason: 'It was measured by hand last week.' }

async function begin(): Promise<PromotionRow> {
  await ask('First')
  const { id: experiment } = await site.drawn(1)
  const { status, json } = await post<PromotionRow>('promotions', { experiment, override: OVERRIDE })
  assert.equal(status, 201, JSON.stringify(json))
  return json
}

describe('a promotion', () => {
  it('needs a verdict that allows it, or an override that names the candidate and a reason', async () => {
    site = await openSite(ROUTE)
    await ask('First')
    const { id: experiment } = await site.drawn(1)
    const plan = await site.gateway.admin<PromotionPlan>(`experiments/${experiment}/promotion`)
    assert.deepEqual([plan.allowed, plan.answer], [false, 'not-enough-data'])
    assert.match(plan.first, /rollout: \{ target: two\/small, share: 0\.05 \}/)
    assert.match(plan.first, /# Why these two: ask Ada\./)
    assert.doesNotMatch(plan.complete, /mirror:|rollout:/)
    const refused = await post<Json>('promotions', { experiment })
    assert.equal(refused.status, 409)
    assert.match(refused.json.error.hint, /override/)
    const wrong = await post<Json>('promotions', { experiment, override: { ...OVERRIDE, candidate: 'two/smal' } })
    assert.equal(wrong.status, 400)
    assert.doesNotMatch(configText(), /rollout/)
  })

  it('moves traffic in steps, keeps sessions where they are, and ends with the candidate first', async () => {
    site = await openSite(ROUTE)
    const before = configText()
    const { id } = await begin()
    const served = (replies: Response[]) =>
      replies.filter((reply) => reply.headers.get('x-gatehouse-model') === 'small').length
    const few = served(await traffic(200))
    assert.ok(few >= 2 && few <= 25, `${few} of 200 at 5 %`)
    assert.equal((await post(`promotions/${id}/step`)).status, 200)
    assert.match(configText(), /share: 0\.25/)
    const some = served(await traffic(200))
    assert.ok(some >= 25 && some <= 80, `${some} of 200 at 25 %`)
    const inSession = await Promise.all(Array.from({ length: 8 }, () => ask('Again', 'session-1')))
    assert.equal(new Set(inSession.map((reply) => reply.headers.get('x-gatehouse-model'))).size, 1)
    assert.equal((await post(`promotions/${id}/complete`)).status, 400)
    assert.equal((await post(`promotions/${id}/step`)).status, 200)
    assert.equal(served(await traffic(20)), 20)
    assert.equal((await post(`promotions/${id}/complete`)).status, 200)
    assert.doesNotMatch(configText(), /rollout|mirror/)
    assert.match(configText(), /targets: \[ *\{ provider: two, model: small \}, \{ provider: one, model: big \} *\]/)
    assert.equal(served(await traffic(10)), 10)
    const { state, steps } = await promotion()
    assert.equal(state, 'complete')
    assert.deepEqual(
      steps.map(({ share }) => share),
      [0.05, 0.25, 1, 1],
    )
    assert.notEqual(configText(), before)
  })

  it('is taken back by itself as soon as the candidate turns bad, to the letter, and stands in the audit trail', async () => {
    site = await openSite(ROUTE)
    const before = configText()
    const { id } = await begin()
    await post(`promotions/${id}/step`)
    await traffic(60)
    site.candidate.answer = () => ({ status: 500, chunks: ['{}'] })
    let asked = 0
    for (; asked < 600 && (await promotion()).state === 'running'; asked += 20) {
      const replies = await traffic(20)
      // Whoever was sent there is answered by the route's own target.
      assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
      await sleep(20)
    }
    const { state, steps, live } = await promotion()
    assert.equal(state, 'rolled-back')
    assert.match(steps.at(-1)!.why, /Worse by Success/)
    assert.equal(steps.at(-1)!.actor, 'gatehouse')
    assert.equal(live, null)
    assert.equal(configText(), before)
    const calls = site.candidate.seen.filter(({ json }) => json.model === 'small').length
    await traffic(20)
    await sleep(200)
    const copies = site.candidate.seen.length - calls
    assert.ok(copies <= 20 + asked, 'only copies go there now')
    const { data } = await site.gateway.admin<Json>('audit')
    assert.deepEqual(
      data
        .filter(({ action }: Json) => action.startsWith('promotion'))
        .map(({ action, actor }: Json) => [action, actor === 'gatehouse']),
      [
        ['promotion-step', true],
        ['promotion-step', false],
        ['promotion-begin', false],
      ],
    )
  })

  it('does not come back by itself while the candidate is as good', async () => {
    site = await openSite(ROUTE)
    const { id } = await begin()
    await post(`promotions/${id}/step`)
    await traffic(400)
    const { state, live } = await promotion()
    assert.equal(state, 'running')
    assert.ok(live!.replies.candidate > 50)
    assert.notEqual(live!.verdict.answer, 'worse')
  })

  it('is taken back by hand, also where the file was changed since; and ends where somebody takes the rollout out', async () => {
    site = await openSite(ROUTE)
    const { id } = await begin()
    const text = configText().replace('# Why these two: ask Ada.', '# Why these two: ask Bob.')
    site.gateway.app.config.save(text)
    assert.equal((await post(`promotions/${id}/rollback`)).status, 200)
    assert.match(configText(), /ask Bob/)
    assert.doesNotMatch(configText(), /rollout/)
    assert.equal((await post<Json>(`promotions/${id}/rollback`)).status, 404)
    const again = await begin()
    site.gateway.app.config.save(text.replace(/\n.*rollout:.*(\n.*target: two\/small\n.*share.*)?/, ''))
    for (let tries = 0; (await promotion()).state === 'running' && tries < 40; tries++) await sleep(25)
    assert.deepEqual([(await promotion()).id, (await promotion()).state], [again.id, 'ended'])
  })

  it('goes on by itself where it is told to, once live traffic allows it', async () => {
    site = await openSite(`${ROUTE}
timeouts: { total: 20s }`)
    await ask('First')
    const { id: experiment } = await site.drawn(1)
    await post('promotions', { experiment, override: OVERRIDE, automatic: true })
    const { id } = await promotion()
    await post(`promotions/${id}/step`, { share: 0.5 })
    for (let asked = 0; asked < 1500 && (await promotion()).share === 0.5; asked += 100) await traffic(100)
    assert.equal((await promotion()).share, 1)
  })

  it('is one a route', async () => {
    site = await openSite(ROUTE)
    await begin()
    const { id: experiment } = await site.drawn(1)
    const { status } = await post<Json>('promotions', { experiment, override: OVERRIDE })
    assert.equal(status, 409)
  })
})

describe('a rollout in the file', () => {
  it('falls back to the route’s own targets', async () => {
    site = await openSite('rollout: { target: two/small, share: 1 }')
    site.candidate.answer = () => ({ status: 500, chunks: ['{}'] })
    const reply = await ask('Anything')
    assert.equal(reply.headers.get('x-gatehouse-model'), 'big')
    site.candidate.answer = (request) => chatReply(request.json, 'Back.')
    assert.equal((await ask('Anything else')).headers.get('x-gatehouse-model'), 'small')
  })
})
