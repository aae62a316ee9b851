import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { draw } from '../../../server/strategies/draw.ts'
import { chatReply } from '../../experiments/site.ts'
import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.ts'
import { startGateway } from '../../support/gateway.ts'
import { sendAdmin } from '../admin.ts'
import { until } from '../until.ts'
import { Queue } from './site.ts'

let judge: FakeUpstream
let queue: Queue
before(async () => {
  judge = await startFakeUpstream((request) => {
    const isPair =
      JSON.stringify(request.json).includes('"preferred"') || JSON.stringify(request.json).includes('preferred')
    const text = isPair ? '{"reason": "It comes first.", "preferred": "1"}' : '{"reason": "No.", "score": 1}'
    return { headDelayMs: 150, ...chatReply(request.json, text) }
  })
  const echo = '{ provider: sandbox, model: echo }'
  const kept = '{ any: [right] }'
  queue = new Queue(
    await startGateway(`version: 1
providers:
  judge: { kind: vllm, base_url: "${judge.url}/v1" }
annotation:
  max_open: 60
  rules:
    - { when: evaluator-fail, route: watched }
    - { when: evaluator-fail, route: gated, evaluator: says-right }
    - { when: evaluator-fail, route: judged }
    - { when: evaluator-fail, route: gate-judged }
    - { when: sample, route: sampled, sample: 0.3 }
    - { when: thumbs-down }
    - { when: guardrail-dispute, route: guarded }
    - { when: judge-disagreement }
routes:
  grader: { targets: [{ provider: judge, model: grader }] }
  watched:
    targets: [${echo}]
    evaluators: { watch: [{ use: contains, ${kept.slice(2, -2)} }] }
  gated:
    targets: [${echo}]
    evaluators:
      require: [{ use: contains, name: says-right, any: [right] }, { use: length, max: 30 }]
  judged:
    targets: [${echo}]
    evaluators: { watch: [{ use: judge, route: grader, rubric: It is right. }] }
  gate-judged:
    targets: [${echo}]
    evaluators: { require: [{ use: judge, route: grader, rubric: It is right. }] }
  unwatched:
    targets: [${echo}]
    evaluators: { watch: [{ use: contains, any: [right] }] }
  sampled: { targets: [${echo}] }
  guarded:
    targets: [${echo}]
    guardrails: [{ use: keywords, name: rivals, words: [initech], stage: pre, mode: monitor, threshold: 0.5 }]
  compared:
    targets: [${echo}]
    mirror:
      { target: sandbox/lorem, sample: 1, when: always, self: 0, judge: { route: grader, allow_own_family: true } }
`),
  )
})
after(async () => {
  await queue.gateway.stop()
  await judge.close()
})

const ids = async () => (await queue.list('?limit=500')).data.map(({ request_id }) => request_id)

describe('a failed score', () => {
  test('puts the request into the queue with its texts, and one that passed does not', async () => {
    const right = await queue.ask('watched', 'This is right.')
    const wrong = await queue.ask('watched', 'This is ann@example.com.')
    const entry = await queue.entryOf(wrong)
    assert.deepEqual(
      [entry.reason, entry.route, entry.tenant, entry.state],
      ['evaluator-fail', 'watched', 'local', 'open'],
    )
    assert.equal(entry.detail, 'contains 0.00')
    const { texts, scores, request } = await queue.item(entry.id)
    assert.equal(texts!.request!.question, 'This is [EMAIL].')
    assert.equal(texts!.reply!.text, 'This is [EMAIL].')
    assert.deepEqual(
      scores.map(({ evaluator, score, passed, gates }) => [evaluator, score, passed, gates]),
      [['contains', 0, false, false]],
    )
    assert.deepEqual([request!.provider, request!.model], ['sandbox', 'echo'])
    await queue.settled(right)
    assert.ok(!(await ids()).includes(right))
  })

  test('counts by evaluator, of what the reply had to pass, and in streams', async () => {
    const tooLong = await queue.ask('gated', 'This is right, and a good deal longer than anyone would wish for.')
    const wrong = await queue.ask('gated', 'This is not.', {}, { stream: true })
    assert.equal((await queue.entryOf(wrong)).detail, 'says-right 0.00')
    assert.equal((await queue.item((await queue.entryOf(wrong)).id)).texts!.reply!.text, 'This is not.')
    await queue.settled(tooLong)
    assert.ok(!(await ids()).includes(tooLong), 'another evaluator failed')
  })

  test('may come late, from a judge that answers once the reply is out', async () => {
    const request = await queue.ask('judged', 'Is it?')
    const entry = await queue.entryOf(request)
    assert.deepEqual([entry.reason, entry.detail], ['evaluator-fail', 'judge 0.00'])
    const item = await until('its score is stored', async () => {
      const found = await queue.item(entry.id)
      return found.scores.length > 0 && found
    })
    assert.equal(item.texts!.request!.question, 'Is it?')
  })

  test('may come late of what a stream had to pass, too', async () => {
    const entry = await queue.entryOf(await queue.ask('gate-judged', 'Is that so?', {}, { stream: true }))
    assert.deepEqual([entry.reason, entry.detail], ['evaluator-fail', 'judge 0.00'])
    assert.equal((await queue.item(entry.id)).texts!.reply!.text, 'Is that so?')
  })

  test('means nothing on a route without such a rule, and no text of it is kept', async () => {
    const request = await queue.ask('unwatched', 'This is not.')
    await queue.settled(request)
    assert.ok(!(await ids()).includes(request))
    const { id } = (await (await queue.post('', { as: 'Ann', request_id: request })).json()) as { id: number }
    assert.equal((await queue.item(id)).texts, null)
  })
})

test('a sample is drawn by the request’s id, with its texts, and of no other route', async () => {
  const sent: string[] = []
  for (let count = 0; count < 40; count += 1) sent.push(await queue.ask('sampled', `Question ${count}`))
  const drawn = sent.filter((id) => draw(`annotation\0sample\0sampled\0null\0${id}`) < 0.3)
  assert.ok(drawn.length > 0 && drawn.length < 40)
  for (const id of drawn) assert.equal((await queue.entryOf(id)).reason, 'sample')
  await queue.settled(sent.at(-1)!)
  const queued = await ids()
  assert.deepEqual(
    sent.filter((id) => queued.includes(id)),
    drawn,
  )
  const { texts } = await queue.item((await queue.entryOf(drawn[0]!)).id)
  assert.equal(texts!.reply!.text, `Question ${sent.indexOf(drawn[0]!)}`)
})

describe('feedback', () => {
  const tell = (request_id: string, more: object) =>
    fetch(`${queue.gateway.url}/v1/feedback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ request_id, ...more }),
    })

  test('queues what was not liked, and only that', async () => {
    const [liked, disliked, halfway] = [
      await queue.ask('unwatched', 'one'),
      await queue.ask('unwatched', 'two'),
      await queue.ask('unwatched', 'three'),
    ]
    assert.equal((await tell(liked, { rating: 'up' })).status, 201)
    assert.equal((await tell(disliked, { rating: 'down', comment: 'No.', user: 'u-1' })).status, 201)
    assert.equal((await tell(halfway, { value: -0.25 })).status, 201)
    const [entry, other] = [await queue.entryOf(disliked), await queue.entryOf(halfway)]
    assert.deepEqual([entry.reason, entry.detail, other.detail], ['thumbs-down', null, 'rated -0.25'])
    const { feedback } = await queue.item(entry.id)
    assert.deepEqual(
      feedback.map(({ value, comment, user }) => [value, comment, user]),
      [[-1, 'No.', 'u-1']],
    )
    assert.ok(!(await ids()).includes(liked))
  })

  test('is a better reason than a sample', async () => {
    const drawn = (await queue.list('?reason=sample')).data[0]!
    assert.equal((await tell(drawn.request_id, { rating: 'down' })).status, 201)
    const entry = await queue.entryOf(drawn.request_id)
    assert.deepEqual([entry.id, entry.reason], [drawn.id, 'thumbs-down'])
    assert.notEqual((await queue.item(entry.id)).texts, null)
  })
})

test('a verdict that somebody calls wrong queues its request; one that was right does not', async () => {
  const label = async (request: string, word: string) => {
    const verdict = await until('the verdict is stored', async () => {
      const { data } = await queue.gateway.admin<{ data: { id: number }[] }>(
        `guardrails/verdicts?request=${request}&passes=true`,
      )
      return data[0]?.id ?? null
    })
    const reply = await sendAdmin(queue.gateway, 'POST', 'guardrails/labels', { verdict, label: word })
    assert.equal(reply.status, 200)
    return verdict
  }
  const found = await queue.ask('guarded', 'Is Initech a rival?')
  const right = await queue.ask('guarded', 'Is Initech any good?')
  const missed = await queue.ask('guarded', 'Is In1tech a rival?')
  const verdict = await label(found, 'false-positive')
  await label(right, 'right')
  await label(missed, 'missed')
  const entry = await queue.entryOf(found)
  assert.deepEqual([entry.reason, entry.detail], ['guardrail-dispute', 'rivals: a false positive'])
  assert.equal((await queue.item(entry.id)).disputed, verdict)
  assert.equal((await queue.entryOf(missed)).detail, 'rivals: missed something')
  assert.ok(!(await ids()).includes(right))
})

test('a judge that changes its mind with the order of a pair queues the request of the pair', async () => {
  const request = await queue.ask('compared', 'Which one?')
  const entry = await queue.entryOf(request)
  assert.equal(entry.reason, 'judge-disagreement')
  assert.match(entry.detail!, /order/)
  assert.equal((await queue.item(entry.id)).texts!.request!.question, 'Which one?')
})

test('a queue that is full takes nothing more from rules, says so, and takes what people put there', async () => {
  const open = () => queue.list('?limit=1').then(({ counts }) => counts.open)
  let request = ''
  for (let count = await open(); count < 60; count += 1) request = await queue.ask('watched', `Wrong ${count}`)
  await queue.entryOf(request)
  assert.equal(await open(), 60)
  const [one, other] = [await queue.ask('watched', 'No room.'), await queue.ask('watched', 'No room either.')]
  await until('both are refused', async () => (await queue.list('?limit=1')).refused === 2)
  assert.equal(await open(), 60)
  await queue.settled(other)
  assert.equal((await queue.post('', { as: 'Ann', request_id: one })).status, 201)
  const { id } = await queue.entryOf(one)
  assert.equal((await queue.item(id)).texts, null, 'nothing is kept of what is not queued')
})
