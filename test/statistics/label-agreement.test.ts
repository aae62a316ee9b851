import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Criterion } from '../../server/core/annotation.ts'
import { type LabelledReply, labelAgreement } from '../../server/statistics/label-agreement.ts'

const VERDICT: Criterion = { name: 'verdict', labels: ['good', 'bad'], good: ['good'], description: null }

/** So many replies of which each of these people says the same. */
function said(times: number, labels: Record<string, string>, scores: LabelledReply['scores'] = []): LabelledReply[] {
  const own = Object.entries(labels).map(([actor, label]) => ({ actor, labels: { verdict: label } }))
  return Array.from({ length: times }, () => ({ labels: own, scores }))
}

const near = (value: number | null | undefined, wanted: number) =>
  assert.ok(Math.abs(value! - wanted) < 1e-9, `${value} is not ${wanted}`)

const agreed = (replies: readonly LabelledReply[], criterion = VERDICT) => labelAgreement([criterion], replies)[0]!

describe('people', () => {
  // Agreement 0.7. Ann says good in 25 of 50, Bob in 30: by chance 0.5 × 0.6 + 0.5 × 0.4 = 0.5. κ = 0.2 / 0.5.
  const annAndBob = [
    ...said(20, { Ann: 'good', Bob: 'good' }),
    ...said(5, { Ann: 'good', Bob: 'bad' }),
    ...said(10, { Ann: 'bad', Bob: 'good' }),
    ...said(15, { Ann: 'bad', Bob: 'bad' }),
  ]

  test('agree as far as chance does not explain it', () => {
    const { people, kappa, same, shared, labelled } = agreed([...annAndBob, ...said(7, { Ann: 'good' })])
    assert.deepEqual([labelled, shared, people.length], [57, 50, 1])
    const [{ one, other, pairs, counts }] = people as [(typeof people)[0]]
    assert.deepEqual([one, other, pairs], ['Ann', 'Bob', 50])
    near(people[0]!.kappa, 0.4)
    near(kappa, 0.4)
    near(same, 0.7)
    const cell = counts.find((each) => each.one === 'bad' && each.other === 'good')
    assert.equal(cell!.count, 10)
  })

  test('are told apart in pairs, and those who share more weigh more', () => {
    // Ann and Cy: always the same over 10, half good: κ = 1. (50 × 0.4 + 10 × 1) / 60 = 0.5.
    const annAndCy = [...said(5, { Cy: 'good', Ann: 'good' }), ...said(5, { Cy: 'bad', Ann: 'bad' })]
    const { people, kappa, same } = agreed([...annAndCy, ...annAndBob])
    assert.deepEqual(
      people.map(({ one, other, pairs }) => [one, other, pairs]),
      [
        ['Ann', 'Bob', 50],
        ['Ann', 'Cy', 10],
      ],
    )
    near(kappa, 0.5)
    near(same, 45 / 60)
  })

  test('of three who label the same, each pair counts', () => {
    const { people, shared, same } = agreed(said(4, { Ann: 'good', Bob: 'good', Cy: 'bad' }))
    assert.deepEqual([people.length, shared], [3, 4])
    near(same, 1 / 3)
  })

  test('who say the same of everything have no kappa, nor have those who share nothing', () => {
    const one = agreed(said(9, { Ann: 'good', Bob: 'good' }))
    assert.deepEqual([one.kappa, one.same], [null, 1])
    const none = agreed([...said(3, { Ann: 'good' }), ...said(3, { Bob: 'bad' })])
    assert.deepEqual([none.kappa, none.same, none.shared, none.people], [null, null, 0, []])
  })

  test('are asked criterion by criterion', () => {
    const tone: Criterion = { ...VERDICT, name: 'tone' }
    const [verdict, other] = labelAgreement([VERDICT, tone], annAndBob)
    assert.deepEqual([verdict!.labelled, other!.labelled], [50, 0])
  })
})

describe('a judge', () => {
  const score = (value: number, passed: boolean) => [{ evaluator: 'judge', score: value, passed }]

  test('is held against what people say, and told where its threshold should be', () => {
    // It passes from 0.5 on; people find good what has 0.75 or more. Both good 10, both bad 10, passed but bad 5 of 25:
    // 0.8 agreed; by chance 15/25 × 10/25 + 10/25 × 15/25 = 0.48; κ = 0.32 / 0.52.
    const { judges } = agreed([
      ...said(10, { Ann: 'good' }, score(0.9, true)),
      ...said(5, { Ann: 'bad' }, score(0.6, true)),
      ...said(10, { Ann: 'bad' }, score(0.2, false)),
    ])
    const [judge] = judges
    assert.deepEqual([judge!.evaluator, judge!.pairs], ['judge', 25])
    near(judge!.same, 0.8)
    near(judge!.kappa, 0.32 / 0.52)
    assert.deepEqual(judge!.best, { threshold: 0.75, sensitivity: 1, specificity: 1 })
    const wrong = judge!.counts.find((each) => each.one === true && each.other === false)
    assert.equal(wrong!.count, 5)
  })

  test('is held against what most of them say, and not at all where as many say the other', () => {
    const { judges } = agreed([
      ...said(3, { Ann: 'good', Bob: 'good', Cy: 'bad' }, score(0.9, true)),
      ...said(4, { Ann: 'good', Bob: 'bad' }, score(0.9, true)),
    ])
    assert.deepEqual([judges[0]!.pairs, judges[0]!.same, judges[0]!.best], [3, 1, null])
  })

  test('is nothing to hold against what only people can say', () => {
    const { judges } = agreed(said(3, { Ann: 'good' }, score(1, true)), { ...VERDICT, good: [] })
    assert.deepEqual(judges, [])
  })
})
