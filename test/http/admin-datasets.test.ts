import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import {
  DatasetDetail,
  DatasetItemPage,
  DatasetList,
  DatasetMade,
  DatasetPreview,
} from '../../server/http/admin/dataset-schemas.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { type Json, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits, readAdmin, rowOf, sendAdmin } from './admin.ts'

const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
    evaluators: { watch: [non-empty] }
  silent:
    targets: [{ provider: sandbox, model: echo }]
`
const ANSWERED = 12
/** Planted in prompts and files; none may be found in what is kept. */
const PLANTED = ['eve.planted@example.com', '4111 1111 1111 1111', 'AKIAIOSFODNN7EXAMPLE']
/** Metadata stands in the record of a request as the app sent it. */
const MAIL = 'meta.planted@example.com'

let gateway: TestGateway
const ids: string[] = []
before(async () => {
  gateway = await startGateway(CONFIG)
  const chat = async (route: string, content: string, metadata: object) => {
    const messages = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content },
    ]
    const reply = await gateway.chat({ model: route, messages }, { 'x-gatehouse-metadata': JSON.stringify(metadata) })
    assert.equal(reply.status, 200)
    await reply.text()
    return reply
  }
  for (let index = 0; index < ANSWERED; index++) {
    const reply = await chat('support', `Question ${index % 9}? I am ${PLANTED.join(', ')}`, {
      tier: index % 3 === 0 ? 'gold' : 'free',
      mail: MAIL,
    })
    ids.push(reply.headers.get('x-request-id')!)
  }
  await rowOf(gateway, await chat('silent', 'Hello', {}))
})
after(() => gateway.stop())

const make = async (body: object): Promise<Json> => {
  const response = await sendAdmin(gateway, 'POST', 'datasets', body)
  const made = await response.json()
  if (response.status === 200) assertFits(DatasetMade, made, 'a made dataset')
  return { status: response.status, ...(made as object) }
}
const importFile = async (
  query: string,
  file: string | Uint8Array<ArrayBuffer>,
  type = 'application/x-ndjson',
): Promise<Json> => {
  const response = await askAdmin(gateway, `datasets/import?${query}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: file,
  })
  return { status: response.status, ...((await response.json()) as object) }
}
const assertNotStored = () => {
  const bytes = Buffer.concat(['', '-wal'].map((end) => readFileSync(gateway.home.store + end))).toString('latin1')
  assert.ok(bytes.includes('Question'), 'the store was read')
  for (const planted of PLANTED) assert.ok(!bytes.includes(planted), planted)
}
const exported = async (name: string) => (await askAdmin(gateway, `datasets/${name}/export.jsonl`)).text()
const items = (name: string, query = '') => readAdmin(gateway, `datasets/${name}/items?${query}`, DatasetItemPage)
const refusalOf = async (body: object) => {
  const { status, error } = await make(body)
  return `${status} ${error?.code}: ${error?.message} ${error?.hint}`
}

describe('a dataset of stored traffic', () => {
  it('has each kept request once, with what cohorts are made of, and no personal data', async () => {
    const { added, duplicates, found, dataset } = await make({ name: 'live', traces: { route: 'support' } })
    assert.deepEqual([added, duplicates], [9, 3])
    assert.deepEqual(found, { requests: 12, kept: 12, matching: 12, drawn: 12 })
    assert.equal(dataset.source, 'traces of support, 7 days')
    const detail = await readAdmin(gateway, 'datasets/live', DatasetDetail)
    assert.deepEqual([detail.items, detail.train + detail.test, detail.version, detail.frozen_at], [9, 9, 1, null])
    assert.deepEqual(detail.facts['metadata.mail'], [{ value: '[EMAIL]', items: 9 }])
    assert.deepEqual(detail.facts.model, [{ value: 'sandbox/echo', items: 9 }])
    assert.equal(detail.facts.prompt?.length, 1)
    assert.deepEqual(new Set(detail.facts['metadata.tier']?.map(({ value }) => value)), new Set(['gold', 'free']))
    const { data } = await items('live')
    assert.match(data[0]!.request.question, /^Question \d\? I am \[EMAIL\], \[CREDIT_CARD\], \[\w+\]$/)
    assert.equal(data[0]!.request.system, 'Be kind.')
    assert.match(data[0]!.recorded!.text, /Question/, 'what was replied is kept with it')
    assert.equal(data[0]!.reference, null)
    const file = await exported('live')
    for (const planted of [...PLANTED, MAIL]) assert.ok(!file.includes(planted), planted)
    assertNotStored()
  })

  it('takes what meets the conditions, a sample of it, or the newest', async () => {
    const preview = async (traces: object, more: object = {}) => {
      const body = { name: 'next', traces: { route: 'support', ...traces }, ...more }
      const seen: Json = await (await sendAdmin(gateway, 'POST', 'datasets/preview', body)).json()
      assertFits(DatasetPreview, seen, 'a preview')
      return seen as DatasetPreview
    }
    assert.equal((await preview({ where: ['metadata.tier=gold'] })).matching, 4)
    assert.equal((await preview({ where: [{ 'score.non-empty': { $gte: 1 } }, 'status=200'] })).matching, 12)
    const none = await preview({ where: ['feedback<0'] })
    assert.deepEqual([none.matching, none.items], [0, 0])
    const sent = await fetch(`${gateway.url}/v1/feedback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ request_id: ids[5], rating: 'down' }),
    })
    assert.equal(sent.status, 201)
    assert.equal((await preview({ where: ['feedback<0'] })).matching, 1)
    assert.match(none.problem!, /None of 12 requests whose texts are kept meets the conditions. Loosen `where`/)
    const half = await preview({ sample: 0.5 })
    assert.deepEqual(await preview({ sample: 0.5 }), half, 'the same are drawn again')
    assert.ok(half.drawn < 12 && half.matching === 12)
    assert.equal((await preview({ limit: 3 })).drawn, 3)
    assert.equal((await preview({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })).requests, 0)
    const base = await preview({}, { name: 'live', base: 'latest' })
    assert.deepEqual([base.items, base.duplicates], [0, 12])
    assert.equal((await readAdmin(gateway, 'datasets?name=next', DatasetList)).data.length, 0, 'nothing was made')
  })

  it('has what was replied as reference, if asked for', async () => {
    await make({ name: 'recorded', traces: { route: 'support', limit: 2, reference: 'recorded' } })
    const { data } = await items('recorded')
    assert.equal(data[0]!.reference!.text, data[0]!.recorded!.text)
  })

  it('is refused with what to do where there is nothing', async () => {
    const traces = (more: object) => refusalOf({ name: 'x', traces: { route: 'support', ...more } })
    assert.match(
      await traces({ route: 'suport' }),
      /^404 unknown_route: There is no route suport.* Routes are: support, silent/,
    )
    assert.match(await traces({ route: 'silent' }), /^400 .*no texts are kept.*Set `content: \{\}` on the route/)
    assert.match(await traces({ to: '2020-01-01T00:00:00Z' }), /^400 .*No request for support was recorded/)
    assert.match(await traces({ where: ['stattus=1'] }), /^400 .*did you mean "status"/)
    assert.match(await traces({ from: 'yesterday' }), /^400 .*must be a time such as/)
    assert.match(await traces({ from: '2020-01-01T00:00:00Z', days: 3 }), /^400 .*give one of them/)
    assert.match(await traces({ from: '2020-01-02T00:00:00Z', to: '2020-01-01T00:00:00Z' }), /^400 .*before `to`/)
    assert.match(await refusalOf({ name: 'no name' }), /^400 /)
    assert.match(await refusalOf({ name: 'x', base: 'latest' }), /^404 not_found: There is no dataset x\./)
    assert.match(await refusalOf({ name: 'x', labels: { route: 'support' } }), /^400 .*Nobody has labelled/)
    assert.equal((await readAdmin(gateway, 'datasets?name=x', DatasetList)).data.length, 0)
  })
})

describe('a dataset of what people labelled', () => {
  it('has the labels among its facts', async () => {
    const db = openForWriting(gateway.home.store)
    const item = db.prepare('INSERT INTO annotation_items (at, request_id, route, reason) VALUES (1, ?, ?, ?)')
    const label = db.prepare('INSERT INTO annotation_labels (item, actor, at, label) VALUES (?, ?, ?, ?)')
    const rows = ids.slice(0, 3).map((id) => Number(item.run(id, 'support', 'sampled').lastInsertRowid))
    label.run(rows[0], 'ann', 1, JSON.stringify({ helpful: 'yes', tone: 4 }))
    label.run(rows[0], 'bob', 2, JSON.stringify({ helpful: 'no' }))
    label.run(rows[0], 'cy', 3, JSON.stringify({ helpful: 'no' }))
    label.run(rows[1], 'ann', 1, JSON.stringify({ helpful: 'yes' }))
    db.prepare("UPDATE annotation_items SET state = 'skipped' WHERE id = ?").run(rows[1])
    label.run(rows[2], 'ann', 1, JSON.stringify({ helpful: 'yes', who: MAIL }))
    db.close()
    const { added, found } = await make({ name: 'labelled', labels: { route: 'support', reference: 'recorded' } })
    assert.deepEqual([added, found.drawn], [2, 2])
    const { data } = await items('labelled')
    assert.deepEqual(
      data.map(({ request_id }) => request_id),
      [ids[0], ids[2]],
    )
    assert.deepEqual([data[0]!.facts['label.helpful'], data[0]!.facts['label.tone']], ['no', '4'])
    assert.deepEqual([data[1]!.facts['label.helpful'], data[1]!.facts['label.who']], ['yes', '[EMAIL]'])
    assert.equal(data[0]!.facts['metadata.tier'], 'gold')
  })
})

describe('files', () => {
  it('a version that is exported and imported has the same items', async () => {
    const file = await exported('live')
    assert.equal((await importFile('name=copy&test=0', file)).added, 9)
    assert.equal(await exported('copy'), file)
    const again = await importFile('name=copy&base=latest', file)
    assert.deepEqual([again.dataset.version, again.added, again.duplicates], [2, 0, 9])
    assert.equal(await exported('copy@2'), file)
  })

  it('CSV is imported, without personal data in texts, references and facts', async () => {
    const csv = [
      'question,expected,context,tier',
      `"Where, ""now""?",ask ${PLANTED[0]},Shops open at 9.,gold`,
      `My card is ${PLANTED[1]},ok,,${PLANTED[0]}`,
    ].join('\r\n')
    const { added, dataset } = await importFile('name=csv&source=shops.csv&test=1', csv, 'text/csv; charset=utf-8')
    assert.deepEqual([added, dataset.source, dataset.test], [2, 'shops.csv', 2])
    const { data } = await items('csv')
    assert.deepEqual(
      data.map(({ request, reference, facts }) => [request.question, reference, facts['metadata.tier']]),
      [
        ['Where, "now"?', { text: 'ask [EMAIL]', context: 'Shops open at 9.' }, 'gold'],
        ['My card is [CREDIT_CARD]', { text: 'ok' }, '[EMAIL]'],
      ],
    )
    assertNotStored()
  })

  it('are imported whole or not at all, with the line that is wrong', async () => {
    const good = Array.from({ length: 120 }, (_, index) => `{"question":"Q ${index}"}`).join('\n')
    const refused = await importFile('name=broken', `${good}\n{"quest":1}\n`)
    assert.equal(refused.status, 400)
    assert.match(refused.error.message, /^Line 121: it has no `messages` and no `question`\.$/)
    assert.equal((await readAdmin(gateway, 'datasets?name=broken', DatasetList)).data.length, 0)
    assert.equal((await importFile('name=broken', good)).dataset.version, 1)
    const large = await importFile('name=large', JSON.stringify({ question: 'x'.repeat(70_000) }))
    assert.match(large.error.message, /^Line 1: it is too large/)
    assert.match((await importFile('name=none', '\n')).error.message, /no rows/)
    assert.equal((await importFile('name=none', '{}', 'text/plain')).status, 415)
    assert.equal((await importFile('name=none', '{}', 'application/json')).status, 415)
    assert.equal((await importFile('name=bad name', good)).status, 400)
  })

  it('larger than 64 MiB are refused', async () => {
    const line = Buffer.from(`${JSON.stringify({ question: 'x', notes: 'y'.repeat(1 << 20) })}\n`)
    const { status, error } = await importFile('name=huge', Buffer.concat(Array.from({ length: 65 }, () => line)))
    assert.deepEqual([status, error.code], [413, 'body_too_large'])
    assert.match(error.hint, /base=latest/)
  })
})

describe('a version', () => {
  it('is changed by hand until a run has used it', async () => {
    await make({ name: 'hand', note: 'mine' })
    const add = (rows: object[]) => sendAdmin(gateway, 'POST', 'datasets/hand/items', { rows })
    assert.deepEqual(await (await add([{ question: 'One' }, { question: 'One' }, { question: 'Two' }])).json(), {
      ...{ added: 2, duplicates: 1 },
    })
    const wrong = await add([{ question: 'Three' }, { text: 'Four' }])
    assert.equal(wrong.status, 400)
    assert.match(await wrong.text(), /rows\[1\]: it has no `messages`/)
    assert.equal((await items('hand', 'limit=1')).next_cursor, 1)
    assert.equal((await items('hand', 'limit=5&cursor=1')).data.length, 1)
    const remove = (position: number) => askAdmin(gateway, `datasets/hand@1/items/${position}`, { method: 'DELETE' })
    assert.equal((await remove(1)).status, 204)
    assert.equal((await remove(1)).status, 404)
    await make({ name: 'hand', base: 'hand@1' })
    const { data } = await readAdmin(gateway, 'datasets?name=hand', DatasetList)
    assert.deepEqual(
      data.map(({ version, items, source }) => [version, items, source]),
      [
        [2, 1, 'a copy of hand@1'],
        [1, 1, 'by hand'],
      ],
    )
    const id = data[1]!.id
    const db = openForWriting(gateway.home.store)
    db.prepare('UPDATE datasets SET frozen_at = 1 WHERE id = ?').run(id)
    db.close()
    const conflict = await askAdmin(gateway, `datasets/${id}`, { method: 'DELETE' })
    assert.equal(conflict.status, 409)
    assert.match(await conflict.text(), /does not change any more.*Make a new version that begins with its items/)
    assert.equal((await askAdmin(gateway, `datasets/${id}/items/2`, { method: 'DELETE' })).status, 409)
    assert.equal((await sendAdmin(gateway, 'POST', `datasets/${id}/items`, { rows: [{ question: 'x' }] })).status, 409)
    assert.equal((await askAdmin(gateway, 'datasets/hand@2', { method: 'DELETE' })).status, 204)
    assert.equal((await askAdmin(gateway, 'datasets/hand@2')).status, 404)
    assert.equal((await askAdmin(gateway, 'datasets/hand@2/export.jsonl')).status, 404)
  })

  it('leaves its traces in the audit trail', async () => {
    const { data } = await gateway.admin<{ data: { action: string; actor: string; detail: Json }[] }>('audit?limit=500')
    const actions = new Set(data.map(({ action }) => action))
    for (const action of ['dataset-create', 'dataset-add', 'dataset-remove', 'dataset-delete'])
      assert.ok(actions.has(action), action)
    const made = data.find(({ detail }) => detail.dataset === 'copy@2')!
    assert.deepEqual([made.actor, made.detail.base, made.detail.items], ['admin token', 'copy@1', 9])
  })

  it('is shown to viewers without its texts', async () => {
    const viewer = { authorization: `Bearer ${readFileSync(gateway.home.viewerToken, 'utf8').trim()}` }
    const status = async (path: string, init: RequestInit = {}) =>
      (await fetch(`${gateway.url}/admin/api/${path}`, { ...init, headers: viewer })).status
    assert.equal(await status('datasets'), 200)
    assert.equal(await status('datasets/live'), 200)
    assert.equal(await status('datasets/live/items'), 403)
    assert.equal(await status('datasets/live/export.jsonl'), 403)
    assert.equal(await status('datasets/live', { method: 'DELETE' }), 403)
  })
})
