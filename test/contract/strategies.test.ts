import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sticky } from '../../server/core/policy.ts'
import type { Signals } from '../../server/core/signals.ts'
import { strategies } from '../../server/strategies/index.ts'
import { type Asked, NOTHING_KNOWN, names, questionOf, targetsOf } from '../strategies/question.ts'

/** What every strategy must keep to. A new one is picked up from the index. */

const LISTS = [
  [1],
  [1, 1],
  [0, 1],
  [0, 0, 5],
  [1e6, 1e-6, 1],
  [3, 1, 0, 7, 2, 0, 1],
  Array.from({ length: 50 }, () => 1),
]
const CALLERS = [
  null,
  { tenant: 'acme', session: null },
  { tenant: 'acme', session: 'task', user: 'ann' },
  { tenant: '', session: '\0', user: '' },
]

/** A number from 0 to 1 that a model's name decides. */
const graded = (model: string) => ((model.charCodeAt(0) * 37) % 100) / 100

/** What may be known of targets: nothing, everything, and what no measurement should give. */
const KNOWLEDGE: readonly Partial<Signals>[] = [
  NOTHING_KNOWN,
  {
    now: () => 1e6,
    latency: ({ model }) => ({ p50Ms: 10, p95Ms: 20 + 1000 * graded(model), samples: 50, lastAt: 1e6 - 10 }),
    inFlight: ({ model }) => Math.round(20 * graded(model)),
    expectedCostNano: ({ model }) => (graded(model) > 0.8 ? null : Math.round(1e6 * graded(model))),
    quality: (_, { model }) => ({ mean: graded(model), lower: graded(model) / 2, upper: 1, samples: 30 }),
  },
  {
    latency: ({ model }) => ({ p50Ms: 1e9, p95Ms: 1e9, samples: model === 'a' ? 1e9 : 0, lastAt: 0 }),
    inFlight: () => 1e6,
    expectedCostNano: () => 1e18,
    quality: () => ({ mean: 0, lower: 0, upper: 0, samples: 1e9 }),
  },
]
const QUALITIES = [{ bar: 0 }, { bar: 0.5, explore: 1 }, { bar: 1, minSamples: 0, explore: 0 }]

const CASES: readonly Asked[] = KNOWLEDGE.flatMap((signals) =>
  QUALITIES.flatMap((quality) =>
    CALLERS.flatMap((who) => (['session', 'none'] as Sticky[]).map((sticky) => ({ signals, quality, who, sticky }))),
  ),
)

test('there are strategies to hold to the contract', () => {
  assert.ok(strategies.size >= 4)
})

for (const [id, strategy] of strategies) {
  test(`${id} goes by its name`, () => {
    assert.equal(strategy.id, id)
  })

  test(`${id} orders every target once, itself and not a copy, says why, and changes nothing`, () => {
    for (const weights of LISTS)
      for (const [index, asked] of CASES.entries()) {
        const targets = targetsOf(...weights)
        const question = questionOf(targets, { ...asked, id: `req_${index}`, stream: index % 2 === 0 })
        const before = structuredClone([targets, question.exchange, question.route])
        const ranked = strategy.order(question)
        assert.equal(ranked.length, targets.length)
        assert.deepEqual(new Set(ranked.map(({ target }) => target)), new Set(targets))
        for (const { target } of ranked) assert.ok(targets.includes(target), 'a copy of a target')
        for (const { why } of ranked) assert.match(why, /^\S.{2,}\S$/)
        for (const { why } of ranked) assert.doesNotMatch(why, /NaN|undefined|null|Infinity/)
        assert.deepEqual(structuredClone([targets, question.exchange, question.route]), before)
      }
  })

  test(`${id} gives the same question the same answer`, () => {
    for (const asked of CASES)
      for (let request = 0; request < 20; request += 1) {
        const question = questionOf(targetsOf(1, 2, 3), { ...asked, id: `req_${request}` })
        assert.deepEqual(strategy.order(question), strategy.order(structuredQuestion(question)))
      }
  })

  test(`${id} takes any id, and lists whose targets stand twice`, () => {
    const [target] = targetsOf(1)
    for (const request of ['', '\0', 'ü', 'x'.repeat(10_000)]) {
      const ranked = strategy.order(questionOf([target!, target!], { id: request }))
      assert.deepEqual(
        ranked.map((each) => each.target),
        [target, target],
      )
    }
  })
}

/** The same question once more, in other objects but for the targets. */
function structuredQuestion(question: ReturnType<typeof questionOf>): ReturnType<typeof questionOf> {
  return { ...question, route: structuredClone(question.route), exchange: structuredClone(question.exchange) }
}

for (const id of ['priority', 'weighted'])
  test(`${id} gives the same session of the same tenant the same order, whatever the request`, () => {
    const targets = targetsOf(1, 2, 3, 4)
    for (let session = 0; session < 200; session += 1) {
      const orders = ['req_1', 'req_2', 'req_3'].map((request) => {
        const who = { tenant: 'acme', session: `task-${session}` }
        return names(strategies.get(id)!.order(questionOf(targets, { id: request, who })))
      })
      assert.equal(new Set(orders).size, 1)
    }
  })
