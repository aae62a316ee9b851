import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { AdminError, AuditPage, GuardLabelPage, LookUpPage } from '../../../server/http/admin/schemas.ts'
import { startGateway } from '../../support/gateway.ts'
import { askAdmin, sendAdmin } from '../admin.ts'
import { lookUpOf, seedCache } from '../cache-seed.ts'
import { until } from '../until.ts'
import { Queue } from './site.ts'

let queue: Queue
before(async () => {
  queue = new Queue(
    await startGateway(`version: 1
annotation:
  rubric:
    - { name: quality, labels: [good, acceptable, bad], description: How good it is. }
    - { name: tone, labels: [kind, rude] }
  rules: [{ when: guardrail-dispute }]
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
    guardrails: [{ use: keywords, name: rivals, words: [initech], stage: pre, mode: monitor, threshold: 0.5 }]
`),
  )
})
after(() => queue.gateway.stop())

async function queued(content = 'Hello'): Promise<number> {
  const request_id = await queue.ask('support', content)
  await queue.stored(request_id)
  const reply = await queue.post('', { as: 'Ann', request_id })
  assert.equal(reply.status, 201)
  return ((await reply.json()) as { id: number }).id
}

const stateOf = async (id: number) => (await queue.item(id)).state

async function assertRefused(reply: Response, status: number, message: RegExp): Promise<void> {
  const { error } = (await reply.json()) as AdminError
  assert.equal(reply.status, status)
  assert.match(`${error.message} ${error.hint}`, message)
}

describe('an item', () => {
  test('put there by hand says by whom, stays one, and asks what the rubric asks', async () => {
    const request_id = await queue.ask('support', 'Hello')
    await queue.stored(request_id)
    const [first, second] = [
      await queue.post('', { as: 'Ann', request_id }),
      await queue.post('', { as: 'Bob', request_id }),
    ]
    assert.deepEqual(await second.json(), await first.json())
    const item = await queue.item((await queue.entryOf(request_id)).id)
    assert.deepEqual([item.reason, item.detail, item.state], ['by-hand', 'by Ann', 'open'])
    assert.deepEqual(item.criteria, [
      { name: 'quality', labels: ['good', 'acceptable', 'bad'], description: 'How good it is.', required: true },
      { name: 'tone', labels: ['kind', 'rude'], description: null, required: true },
    ])
    assert.equal(item.texts!.reply!.text, 'Hello')
    await assertRefused(await queue.post('', { as: 'Ann', request_id: 'req_none' }), 404, /no request req_none/)
  })

  test('is done with anyone’s label, or with that of the one it is assigned to', async () => {
    const [anyone, bobs] = [await queued(), await queued()]
    assert.equal(await queue.label(anyone, 'Ann', { quality: 'good', tone: 'kind' }), 'done')
    const assign = async (id: number, assignee: string | null) =>
      ((await (await queue.post(`/${id}/assign`, { as: 'Ann', assignee })).json()) as { state: string }).state
    assert.equal(await assign(bobs, 'Bob'), 'open')
    assert.equal(await queue.label(bobs, 'Ann', { quality: 'bad' }), 'open')
    assert.equal(await queue.label(bobs, 'Bob', { quality: 'bad' }), 'done')
    assert.equal(await assign(bobs, 'Cy'), 'open', 'it waits for another one now')
    assert.equal(await assign(bobs, null), 'done')
  })

  test('is put aside while it is open, and back by a label or by giving it to somebody', async () => {
    const [one, other] = [await queued(), await queued()]
    const skip = async (id: number) =>
      ((await (await queue.post(`/${id}/skip`, { as: 'Ann' })).json()) as { state: string }).state
    assert.deepEqual([await skip(one), await skip(other)], ['skipped', 'skipped'])
    await queue.post(`/${other}/assign`, { as: 'Ann', assignee: 'Bob' })
    assert.equal(await stateOf(other), 'open')
    assert.equal(await queue.label(one, 'Ann', { quality: 'good' }), 'done')
    assert.equal(await skip(one), 'done')
  })

  test('is listed by what it is, newest first, page by page', async () => {
    const made = [await queued(), await queued(), await queued()]
    await queue.post(`/${made[1]}/assign`, { as: 'Ann', assignee: 'Dee' })
    await queue.label(made[2]!, 'Dee', { quality: 'good' })
    const listed = async (query: string) => (await queue.list(query)).data.map(({ id }) => id)
    assert.deepEqual((await listed('?route=support&limit=500')).slice(0, 3), made.toReversed())
    assert.deepEqual(await listed('?assignee=Dee'), [made[1]])
    assert.deepEqual(await listed('?route=none'), [])
    const unlabelled = await listed('?unlabelled_by=Dee&limit=500')
    assert.ok(unlabelled.includes(made[0]!) && !unlabelled.includes(made[2]!))
    assert.ok(!(await listed('?state=open&limit=500')).includes(made[2]!))
    const first = await queue.list('?limit=2')
    const second = await queue.list(`?limit=2&cursor=${first.next_cursor}`)
    assert.ok(second.data[0]!.id < first.data[1]!.id)
    const { counts } = first
    assert.equal(counts.open + counts.done + counts.skipped, (await listed('?limit=500')).length)
  })
})

describe('a label', () => {
  test('hides from others until they have said something themselves', async () => {
    const id = await queued()
    await queue.label(id, 'Ann', { quality: 'good' }, 'Fine, says ann@example.com.')
    for (const as of [undefined, 'Bob', 'ann']) {
      const { labels, hidden_labels } = await queue.item(id, as)
      assert.deepEqual([labels, hidden_labels], [[], 1], `${as}`)
    }
    const { labels } = await queue.item(id, 'Ann')
    assert.deepEqual(
      labels.map(({ by, labels: said, comment }) => [by, said, comment]),
      [['Ann', { quality: 'good' }, 'Fine, says [EMAIL].']],
    )
    await queue.label(id, 'Bob', { quality: 'bad' })
    const seen = await queue.item(id, 'Bob')
    assert.deepEqual([seen.labels.map(({ by }) => by), seen.hidden_labels], [['Ann', 'Bob'], 0])
  })

  test('takes the place of what the same person said before', async () => {
    const id = await queued()
    await queue.label(id, 'Ann', { quality: 'good' }, 'Well.')
    await queue.label(id, 'Ann', { quality: 'bad' })
    const { labels } = await queue.item(id, 'Ann')
    assert.deepEqual(
      labels.map(({ labels: said, comment }) => [said, comment]),
      [[{ quality: 'bad' }, null]],
    )
  })

  test('is one of those that are asked for', async () => {
    const id = await queued()
    const say = (label: object, as = 'Ann') => queue.post(`/${id}/label`, { as, label })
    await assertRefused(await say({}), 400, /no label/)
    await assertRefused(await say({ style: 'good' }), 400, /Nobody asks for `style`.*quality, tone/)
    await assertRefused(
      await say({ quality: 'kind' }),
      400,
      /`quality` is not answered with "kind".*good, acceptable, bad/,
    )
    await assertRefused(await say({ guardrail: 'right' }), 400, /Nobody asks/)
    await assertRefused(await say({ constructor: 'x' }), 400, /Nobody asks/)
    for (const as of ['', ' ', 'x'.repeat(65), 'a\nb', ' Ann'])
      assert.equal((await say({ tone: 'kind' }, as)).status, 400)
    await assertRefused(
      await queue.post('/999999/label', { as: 'Ann', label: { tone: 'kind' } }),
      404,
      /no item 999999/,
    )
    assert.equal((await queue.post('/x/label', { as: 'Ann', label: {} })).status, 400)
    assert.equal(await stateOf(id), 'open')
  })

  test('stands in the audit trail with the name, and how they were let in', async () => {
    const id = await queued()
    await queue.label(id, 'Ann', { tone: 'rude' }, 'Not for the trail.')
    const { data } = await queue.gateway.admin<AuditPage>('audit?limit=2')
    assert.deepEqual(
      data.map(({ actor, action, detail }) => [actor, action, detail.as, detail.item]),
      [
        ['admin token', 'annotation-label', 'Ann', id],
        ['admin token', 'annotation-queue', 'Ann', id],
      ],
    )
    assert.ok(!JSON.stringify(data).includes('Not for the trail'))
  })
})

describe('what is asked besides the rubric', () => {
  test('of a disputed verdict is a label of the verdict, too', async () => {
    const request = await queue.ask('support', 'What of Initech?')
    const verdict = await until('the verdict is stored', async () => {
      const { data } = await queue.gateway.admin<{ data: { id: number }[] }>(`guardrails/verdicts?request=${request}`)
      return data[0]?.id ?? null
    })
    await sendAdmin(queue.gateway, 'POST', 'guardrails/labels', { verdict, label: 'false-positive' })
    const { id } = await queue.entryOf(request)
    const { criteria } = await queue.item(id)
    assert.deepEqual(criteria.at(-1)!.labels, ['right', 'false-positive'])
    assert.equal(criteria.at(-1)!.required, false)
    await queue.label(id, 'Ann', { quality: 'good', guardrail: 'right' })
    const { data } = await queue.gateway.admin<GuardLabelPage>('guardrails/labels')
    assert.deepEqual(
      data.filter((row) => row.verdict === verdict).map(({ label }) => label),
      ['right'],
    )
    await assertRefused(
      await queue.post(`/${id}/label`, { as: 'Ann', label: { guardrail: 'missed' } }),
      400,
      /not answered/,
    )
  })

  test('of a reply from the cache is a review of the look-up', async () => {
    const request_id = await queue.ask('support', 'How do I reset my password?')
    await queue.stored(request_id)
    seedCache(queue.gateway, [lookUpOf(request_id, 0.9)])
    const { id } = (await (await queue.post('', { as: 'Ann', request_id })).json()) as { id: number }
    const { criteria, look_up } = await queue.item(id)
    assert.deepEqual(criteria.at(-1)!.labels, ['right', 'wrong'])
    assert.equal(look_up!.cached_question, 'How do I reset my password?')
    await queue.label(id, 'Ann', { cache: 'wrong' })
    const { data } = await queue.gateway.admin<LookUpPage>('cache/lookups')
    assert.deepEqual(
      data.filter((row) => row.id === look_up!.id).map(({ review }) => review),
      ['wrong'],
    )
  })
})

test('a viewer sees the list and how far people agree, and neither reads an item nor changes one', async () => {
  const id = await queued('Nothing for viewers')
  const token = readFileSync(queue.gateway.home.viewerToken, 'utf8').trim()
  const view = (path: string, init?: RequestInit) => askAdmin({ ...queue.gateway, adminToken: token }, path, init)
  const list = await view('annotation')
  assert.equal(list.status, 200)
  assert.ok(!(await list.text()).includes('Nothing for viewers'))
  assert.equal((await view('annotation/agreement')).status, 200)
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  for (const reply of [
    await view(`annotation/${id}`),
    await view(`annotation/${id}?as=Ann`),
    await view(`annotation/${id}/label`, { ...json, body: '{"as":"Ann","label":{"tone":"kind"}}' }),
    await view(`annotation/${id}/assign`, { ...json, body: '{"as":"Ann","assignee":"Ann"}' }),
    await view(`annotation/${id}/skip`, { ...json, body: '{"as":"Ann"}' }),
    await view('annotation', { ...json, body: '{"as":"Ann","request_id":"x"}' }),
  ])
    await assertRefused(reply, 403, /viewer/)
  assert.equal(await stateOf(id), 'open')
})
