import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { SummaryRow } from '../../server/http/admin/run-schemas.ts'
import type { Json } from '../support/gateway.ts'
import { RunSite } from './runs-site.ts'
import { chatReply, openSite, type Site } from './site.ts'

const TWO = { target: 'two/small' }
const EXACT = ['exact']
/** Of another family than what it judges. */
const JUDGE_ROUTE = '  judge:\n    targets: [{ provider: one, model: "qwen3:14b" }]'

describe('a run', () => {
  let site: Site
  let runs: RunSite
  before(async () => {
    site = await openSite('content: {}', '', JUDGE_ROUTE)
    runs = new RunSite(site.gateway)
  })
  after(() => site.stop())
  beforeEach(() => {
    site.primary.seen.length = 0
    site.candidate.seen.length = 0
    site.candidate.answer = (request) => chatReply(request.json, 'The answer is 42!')
  })
  const questionsSeen = () =>
    site.candidate.seen.map(({ json }) => (json.messages as { content: string }[]).at(-1)!.content).sort()

  it('asks the candidate each item of a dataset once, and scores its replies by the reference', async () => {
    const dataset = await runs.dataset('numbers', [
      { question: 'One', reference: 'The answer is 42!', tier: 'gold' },
      { question: 'Two', reference: 'Something else', tier: 'gold' },
      { question: 'Three', reference: 'The answer is 42!', tier: 'free' },
    ])
    const order = {
      dataset: 'numbers',
      candidate: TWO,
      baseline: 'none',
      evaluators: EXACT,
      cohorts: ['metadata.tier'],
    }
    const run = await runs.done(order)
    assert.deepEqual([run.dataset, run.total, run.done, run.failed, run.lost], [dataset, 3, 3, 0, 0])
    assert.deepEqual(questionsSeen(), ['One', 'Three', 'Two'])
    const pairs = await runs.pairs(run.id)
    assert.deepEqual(
      pairs.map(({ id }) => id),
      [1, 2, 3].map((position) => `${run.id}:0000000${position}`),
    )
    assert.deepEqual(
      pairs.map(({ candidate }) => candidate!.measures['score:exact']),
      [1, 0, 1],
    )
    assert.deepEqual(
      pairs.map(({ skipped, baseline, texts }) => [skipped, baseline, texts!.candidate!.text]),
      Array(3).fill(['no_baseline', null, 'The answer is 42!']),
    )
    assert.deepEqual(
      pairs.map(({ cohort }) => cohort),
      ['gold', 'gold', 'free'].map((tier) => ({ 'metadata.tier': tier })),
    )
    assert.deepEqual((await runs.verdict(run.id)).coverage.skipped, { no_baseline: 3 })
  })

  it('freezes the dataset', async () => {
    await runs.dataset('frozen', [{ question: 'One' }])
    await runs.done({ dataset: 'frozen@1', candidate: TWO, evaluators: ['non-empty'] })
    assert.notEqual((await site.gateway.admin<Json>('datasets/frozen@1')).frozen_at, null)
  })

  it('sums up by cohort what can be worked out by hand', async () => {
    await runs.dataset('cohorts', [
      { question: 'A', reference: 'yes', lang: 'de' },
      { question: 'B', reference: 'yes', lang: 'de' },
      { question: 'C', reference: 'no', lang: 'de' },
      { question: 'D', reference: 'no', lang: 'fr' },
      { question: 'E', reference: 'no' },
    ])
    site.candidate.answer = ({ json }) =>
      (json.messages as { content: string }[])[0]!.content === 'E' ? { status: 500 } : chatReply(json, 'yes')
    const run = await runs.done({ dataset: 'cohorts', candidate: TWO, baseline: 'none', evaluators: EXACT })
    assert.deepEqual([run.done, run.failed], [5, 1])
    const { total, rows } = await runs.summary(run.id, 'metadata.lang')
    const shape = ({ value, n, candidate }: SummaryRow) => [
      value,
      n,
      candidate.success.mean,
      candidate.scores.exact?.n ?? 0,
      candidate.scores.exact?.mean ?? null,
      candidate.output_tokens,
    ]
    // Each reply has five tokens. The one that failed has no score, and fails.
    assert.deepEqual(shape(total), [null, 5, 4 / 5, 4, 2 / 4, 20])
    assert.deepEqual(rows.map(shape), [
      ['de', 3, 1, 3, 2 / 3, 15],
      ['-', 1, 0, 0, null, 0],
      ['fr', 1, 1, 1, 0, 5],
    ])
    const { success } = total.candidate
    // Wilson's interval of 4 of 5, as e.g. in Newcombe 1998.
    assert.equal(success.method, 'wilson')
    assert.ok(Math.abs(success.lower! - 0.37553) < 1e-4 && Math.abs(success.upper! - 0.96383) < 1e-4)
  })

  it('asks a baseline target as well, once each and in either order, and gives a verdict', async () => {
    await runs.dataset(
      'both',
      Array.from({ length: 12 }, (_, index) => ({ question: `Q${index}`, reference: 'The answer is 42!' })),
    )
    const order = { dataset: 'both', candidate: TWO, baseline: { target: 'one/big' }, evaluators: EXACT }
    const estimate = await runs.estimate(order)
    assert.deepEqual([estimate.items, estimate.calls], [12, 24])
    const run = await runs.done(order)
    assert.deepEqual([site.primary.seen.length, site.candidate.seen.length], [12, 12])
    const { verdict, coverage } = await runs.verdict(run.id)
    assert.equal(coverage.paired, 12)
    const exact = verdict.all.metrics.find(({ id }) => id === 'score:exact')!
    assert.deepEqual([exact.pairs, exact.candidate, exact.baseline], [12, 1, 0])
    assert.equal(exact.answer, 'non-inferior')
    const first = (await runs.pairs(run.id)).map(
      ({ baseline, candidate }) => baseline!.requestId! < candidate!.requestId!,
    )
    assert.ok(first.includes(true) && first.includes(false))
  })

  it('has a judge say which reply is better, in both orders, and writes down what that cost', async () => {
    const asked: string[] = []
    await runs.dataset('judged', [{ question: 'Which?' }])
    site.primary.answer = ({ json }) => {
      if (json.model !== 'qwen3:14b') return chatReply(json, 'The answer is 42.')
      const prompt = JSON.stringify(json.messages)
      asked.push(prompt)
      const isCandidateFirst = prompt.indexOf('Better by far') < prompt.indexOf('The answer is 42.')
      return chatReply(json, JSON.stringify({ reason: 'x', preferred: isCandidateFirst ? '1' : '2' }))
    }
    site.candidate.answer = ({ json }) => chatReply(json, 'Better by far')
    const run = await runs.done({
      ...{ dataset: 'judged', candidate: TWO, baseline: { target: 'one/big' }, evaluators: EXACT },
      judge: { route: 'judge', rubric: 'The better one is better.' },
    })
    site.primary.answer = ({ json }) => chatReply(json, 'The answer is 42.')
    assert.equal(asked.length, 2)
    const [pair] = await runs.pairs(run.id)
    assert.deepEqual([pair!.candidate!.measures.preference, pair!.baseline!.measures.preference], [1, 0])
    assert.equal((await runs.summary(run.id)).total.candidate.rates.preference!.mean, 1)
    const checks = await site.gateway.admin<Json>('requests?purpose=check')
    assert.deepEqual(
      checks.data.map((row: Json) => row.route),
      ['judge', 'judge'],
    )
  })

  it('executes nothing: results that were recorded are fed back, calls that the candidate wants are written down', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } }
    const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }]
    const messages = [
      { role: 'user', content: 'How is Rome?' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
    ]
    await runs.dataset('tools', [
      {
        ...{ messages, tools, parameters: { web_search_options: {} } },
        expected_tool_calls: [{ name: 'weather', arguments: '{"city":"Oslo"}' }],
      },
    ])
    site.candidate.answer = ({ json }) => {
      const wanted = { ...call, id: 'c2', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }
      const message = { role: 'assistant', content: null, tool_calls: [wanted] }
      const choices = [{ index: 0, message, finish_reason: 'tool_calls' }]
      return {
        chunks: [JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: json.model, choices })],
      }
    }
    const order = { dataset: 'tools', candidate: TWO, evaluators: ['tool-call-match'] }
    assert.match((await runs.estimate(order)).warnings.join(), /web_search_options/)
    const run = await runs.done(order)
    const [seen] = site.candidate.seen
    assert.equal(site.candidate.seen.length, 1)
    assert.deepEqual(seen!.json.messages, messages)
    assert.deepEqual(seen!.json.tools, tools)
    assert.equal(seen!.json.web_search_options, undefined)
    const [pair] = await runs.pairs(run.id)
    assert.deepEqual(pair!.texts!.candidate!.toolCalls, [{ name: 'weather', arguments: '{"city":"Oslo"}' }])
    assert.equal(pair!.candidate!.measures['score:tool-call-match'], 1)
  })

  it('gives the candidate on demand what tools gave then, and stops where it asks for something else', async () => {
    const call = (city: string) => ({
      ...{ id: 'c1', type: 'function' },
      function: { name: 'weather', arguments: JSON.stringify({ city, days: 1 }) },
    })
    const conversation = (city: string) => [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: `How is ${city}?` },
      { role: 'assistant', content: null, tool_calls: [call(city)] },
      { role: 'tool', tool_call_id: 'c1', content: `sunny in ${city}` },
    ]
    const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }]
    await runs.dataset(
      'tapes',
      ['Rome', 'Oslo'].map((city) => ({ messages: conversation(city), tools, reference: 'sunny in Rome', city })),
    )
    site.candidate.answer = ({ json }) => {
      const { role, content } = (json.messages as { role: string; content: string }[]).at(-1)!
      if (role === 'tool') return chatReply(json, content)
      // Always of Rome, in words of its own.
      const wanted = {
        id: 'own-1',
        type: 'function',
        function: { name: 'weather', arguments: '{ "days": 1, "city": "Rome" }' },
      }
      const message = { role: 'assistant', content: 'Let me see', tool_calls: [wanted] }
      const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
      const choices = [{ index: 0, message, finish_reason: 'tool_calls' }]
      return {
        chunks: [JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'm', choices, usage })],
      }
    }
    const order = { dataset: 'tapes', candidate: TWO, evaluators: EXACT, replay_tools: true, concurrency: 1 }
    assert.equal((await runs.estimate(order)).calls, 4)
    const run = await runs.done(order)
    assert.equal(site.candidate.seen.length, 3)
    const [first, second] = site.candidate.seen.map(({ json }) => json.messages as Json[])
    assert.deepEqual(first, conversation('Rome').slice(0, 2))
    assert.deepEqual(
      [second!.length, second![2].content, second![2].tool_calls[0].id, second![3]],
      [4, 'Let me see', 'own-1', { role: 'tool', tool_call_id: 'own-1', content: 'sunny in Rome' }],
    )
    const [rome, oslo] = (await runs.pairs(run.id)).map(({ candidate }) => candidate!.measures)
    // Two tokens of the call and five of the answer.
    assert.deepEqual([rome!.diverged, rome!['score:exact'], rome!.tokens], [0, 1, 7])
    assert.deepEqual([oslo!.diverged, oslo!['score:exact'], oslo!.tokens], [1, 0, 2])
    assert.equal((await runs.summary(run.id)).total.candidate.rates.diverged!.mean, 0.5)
  })

  it('refuses what makes no sense before anything is called or written', async () => {
    const cases: [object, RegExp][] = [
      [{ candidate: TWO }, /`dataset` or `traces`/],
      [{ dataset: 'nope', candidate: TWO }, /no dataset nope/],
      [{ dataset: 'numbers', split: 'test', candidate: TWO }, /no items for test/],
      [{ dataset: 'numbers', candidate: {} }, /names one of/],
      [{ dataset: 'numbers', candidate: { target: 'three/x' } }, /no provider for three\/x/],
      [{ dataset: 'numbers', candidate: { route: 'nope' } }, /no route nope in the running config/],
      [{ dataset: 'numbers', candidate: { config: 'version: 2' } }, /proposed config is refused/],
      [{ dataset: 'numbers', candidate: TWO, evaluators: ['exakt'] }, /no evaluator exakt/],
      [{ dataset: 'numbers', candidate: TWO, evaluators: [{ use: 'exact', nope: 1 }] }, /no option "nope"/],
      [{ dataset: 'numbers', candidate: TWO, evaluators: EXACT, margins: { 'score:x': 1 } }, /"score:x" is nothing/],
      [{ dataset: 'numbers', candidate: TWO, judge: { route: 'nope' } }, /no route nope for the judge/],
      [{ traces: { route: 'nope' }, candidate: TWO }, /no route nope/],
      [{ traces: { route: 'support', from: 'soon' }, candidate: TWO }, /"soon" is no moment/],
      [{ dataset: 'numbers', candidate: TWO, seed: 1 }, /additional properties/],
    ]
    const listed = await site.gateway.admin<Json>('runs')
    for (const [order, message] of cases)
      for (const path of ['runs', 'runs/estimate']) assert.match((await runs.refused(path, order)).message, message)
    assert.deepEqual(await site.gateway.admin<Json>('runs'), listed)
    assert.equal(site.candidate.seen.length, 0)
  })
})
