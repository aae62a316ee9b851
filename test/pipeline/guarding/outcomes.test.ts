import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { until } from '../../http/until.ts'
import { type FakeUpstream, type Script, startFakeUpstream } from '../../support/fake-upstream.ts'
import { goodReply, readSse } from '../../support/frames.ts'
import { ask, type Json } from '../../support/gateway.ts'
import { type GuardSite, openGuardSite } from './site.ts'

/** What guardrails that mend, ask again or ask others make of requests and replies, and what happens when they cannot. */

const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'number' } } }
let site: GuardSite
/** A service of our own. */
let service: FakeUpstream
const asked = () => service.seen.map(({ json }) => json as Json)
const says = (verdict: Json): Script => ({ chunks: [JSON.stringify(verdict)] })

before(async () => {
  service = await startFakeUpstream()
  const http = { use: 'http', stage: 'pre', action: 'block', url: `${service.url}/check`, timeout: '300ms' }
  const schema = { use: 'json-schema', schema: SCHEMA }
  site = await openGuardSite({
    blocks: { guardrails: [schema] },
    retries: { guardrails: [{ ...schema, on_invalid: 'retry' }] },
    repairs: { guardrails: [{ ...schema, on_invalid: 'repair' }] },
    stronger: { guardrails: [{ ...schema, action: 'escalate', escalate_to: 'up/strong' }] },
    service: { guardrails: [http] },
    lenient: { guardrails: [{ ...http, on_error: 'pass' }] },
    patient: { guardrails: [{ ...http, mode: 'monitor', timeout: '3s' }] },
    watched: { guardrails: [{ ...http, mode: 'monitor' }] },
    'after-redaction': { guardrails: [{ use: 'pii', action: 'redact' }, http] },
    cheap: { guardrails: [http, { use: 'keywords', words: ['zebra'], action: 'block' }] },
    judged: { guardrails: [{ use: 'judge', stage: 'pre', route: 'panel', policy: 'Anything about zebras.' }] },
    panel: {
      guardrails: [{ use: 'keywords', words: ['never'], action: 'block' }],
      targets: [{ provider: 'up', model: 'judge' }],
    },
    unset: { guardrails: [{ ...http, headers: { authorization: 'Bearer ${env:NOT_SET_ANYWHERE}' } }] },
  })
})
beforeEach(() => {
  site.upstream.seen.length = 0
  service.seen.length = 0
  service.answer = () => says({ score: 0 })
  site.say('ok')
})
after(async () => {
  await site.close()
  await service.close()
})

/** The upstream answers these texts one after the other. */
function sayInTurn(...texts: string[]): void {
  site.upstream.answer = (_, index) => goodReply(texts[Math.min(index, texts.length - 1)])
}

async function textOf(route: string): Promise<{ status: number; text: string; reply: Response }> {
  const reply = await site.gateway.chat(ask(route))
  const json = (await reply.json()) as Json
  return { status: reply.status, text: json.choices?.[0].message.content ?? json.error.code, reply }
}

test('a reply that breaks its schema is blocked', async () => {
  site.say('{"total":"many"}')
  assert.deepEqual((await textOf('blocks')).text, 'guardrail_blocked')
  site.say('{"total":7}')
  assert.equal((await textOf('blocks')).text, '{"total":7}')
})

test('or asked for once more, with what was wrong', async () => {
  sayInTurn('Seven.', '{"total":7}')
  const { text, reply } = await textOf('retries')
  assert.equal(text, '{"total":7}')
  const { messages } = site.upstream.seen[1]!.json as Json
  assert.equal(messages[1].content, 'Seven.')
  assert.match(messages[2].content, /not JSON/)
  const row: Json = await site.gateway.recorded(reply)
  assert.deepEqual(
    row.attempt_list.map(({ reason }: Json) => reason),
    ['first', 'escalation'],
  )
  sayInTurn('Seven.', 'Still seven.', '{"total":7}')
  site.upstream.seen.length = 0
  assert.equal((await textOf('retries')).text, 'guardrail_blocked')
  assert.equal(site.upstream.seen.length, 2)
})

test('or mended, whole and streamed', async () => {
  site.say("Here: ```json\n{'total': 7,}\n", '```')
  assert.equal((await textOf('repairs')).text, '{"total": 7}')
  const streamed = await site.gateway.chat(ask('repairs', 'Hello', { stream: true }))
  assert.equal(readSse(await streamed.text()).text, '{"total": 7}')
})

test('or made by a stronger target', async () => {
  site.upstream.answer = ({ json }) => goodReply(json.model === 'strong' ? '{"total":1}' : 'no')
  const { text, reply } = await textOf('stronger')
  assert.equal(text, '{"total":1}')
  assert.equal(reply.headers.get('x-gatehouse-model'), 'strong')
})

test('a service of your own is asked and its word counts', async () => {
  service.answer = ({ json }) => says({ score: (json as Json).text.includes('zebra') ? 0.9 : 0.1, category: 'animals' })
  assert.equal((await site.gateway.chat(ask('service', 'horse'))).status, 200)
  const blocked = await site.gateway.chat(ask('service', 'zebra'))
  assert.equal(blocked.status, 400)
  assert.match(await blocked.text(), /`http` \(messages\[0\]\): animals/)
  assert.deepEqual(
    asked().map(({ stage, origin, route, tenant, text }) => [stage, origin, route, tenant, text]),
    [
      ['pre', 'user', 'service', 'local', 'horse'],
      ['pre', 'user', 'service', 'local', 'zebra'],
    ],
  )
})

test('it gets what was redacted before, and is not asked where a cheaper one blocks', async () => {
  await site.gateway.chat(ask('after-redaction', 'Write to ada@example.org'))
  assert.equal(asked()[0].text, 'Write to <EMAIL_1>')
  service.seen.length = 0
  assert.equal((await site.gateway.chat(ask('cheap', 'zebra'))).status, 400)
  assert.deepEqual(asked(), [])
})

for (const [what, failing] of Object.entries<Script>({
  'answers with an error': { status: 500, chunks: ['{}'] },
  'answers nonsense': says({ score: 'high' }),
  'takes too long': { silent: true },
}))
  test(`a service that ${what} blocks, or lets pass where the config says so`, async () => {
    service.answer = () => failing
    const expected = service.abandoned + (failing.silent ? 3 : 0)
    const blocked = await site.gateway.chat(ask('service', 'hello'))
    assert.equal(blocked.status, 400)
    assert.match(await blocked.text(), /could not tell/)
    assert.equal(blocked.headers.get('x-gatehouse-guardrail'), 'http;stage=pre;verdict=error')
    const passed = await site.gateway.chat(ask('lenient', 'hello'))
    assert.equal(passed.status, 200)
    const monitored = await site.gateway.chat(ask('watched', 'hello'))
    assert.equal(monitored.status, 200)
    await until('no call is left open', () => service.abandoned === expected)
  })

test('what only watches holds nobody up', async () => {
  service.answer = () => ({ silent: true })
  const given = service.abandoned
  const reply = await site.gateway.chat(ask('patient', 'hello'))
  await reply.text()
  // Had it been waited for, it would have been given up before the reply came.
  assert.equal(service.abandoned, given)
  await until('the service is asked', () => service.seen.length === 1)
  await until('and given up', () => service.abandoned === given + 1)
  assert.equal((await site.gateway.recorded(reply)).status, 200)
})

test('a guardrail whose secret is not set says so, and blocks', async () => {
  assert.match(site.gateway.app.config.current().warnings.join(), /guardrail http .*NOT_SET_ANYWHERE/)
  const reply = await site.gateway.chat(ask('unset', 'hello'))
  assert.equal(reply.status, 400)
  assert.match(await reply.text(), /NOT_SET_ANYWHERE is not set/)
})

test('a judge is a route of your own, asked with the text and no more', async () => {
  const verdict = (violation: boolean) => JSON.stringify({ violation, category: 'zebras', confidence: 0.9 })
  site.upstream.answer = ({ json }) =>
    goodReply(json.model === 'judge' ? verdict(JSON.stringify(json.messages).includes('striped')) : 'ok')
  assert.equal((await site.gateway.chat(ask('judged', 'A horse, please'))).status, 200)
  const blocked = await site.gateway.chat(ask('judged', 'A striped horse, please'))
  assert.equal(blocked.status, 400)
  assert.match(await blocked.text(), /`judge`/)
  assert.equal(site.upstream.seen.filter(({ json }) => json.model === 'judge').length, 2)
  await site.gateway.chat(ask('judged', 'A horse, please'))
  assert.equal(site.upstream.seen.filter(({ json }) => json.model === 'judge').length, 2, 'its verdict was kept')
  site.upstream.answer = ({ json }) => goodReply(json.model === 'judge' ? 'I think it is fine.' : 'ok')
  assert.equal((await site.gateway.chat(ask('judged', 'Another thing'))).status, 400, 'no verdict, no pass')
})
