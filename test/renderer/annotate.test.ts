import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { differsFromOthers } from '../../renderer/annotate/others.ts'
import { markedSpans } from '../../renderer/annotate/spans.ts'
import { kappaWord, views, withoutScores } from '../../renderer/annotate/words.ts'
import { auditWords } from '../../renderer/cache/audit-words.ts'

const score = (evaluator: string, spans: number[][]) => ({
  ...{ evaluator, spans },
  score: 0,
  passed: false,
  gates: false,
  reason: '',
})

describe('places in a reply', () => {
  test('of several evaluators are one where they overlap, with who says so', () => {
    const spans = markedSpans(
      [
        score('a', [
          [10, 20],
          [0, 3],
        ]),
        score('b', [
          [15, 25],
          [30, 31],
        ]),
      ],
      40,
    )
    assert.deepEqual(spans, [
      { start: 0, end: 3, title: 'a' },
      { start: 10, end: 25, title: 'a, b' },
      { start: 30, end: 31, title: 'b' },
    ])
  })

  test('are in order, apart from each other and within the text, whatever is said', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 }))), (pairs) => {
        const spans = markedSpans(
          pairs.map(([start, end], index) => score(`e${index}`, [[Math.max(0, start), end]])),
          50,
        )
        let last = 0
        for (const { start, end } of spans) {
          assert.ok(start >= last && end > start && end <= 50)
          last = end
        }
      }),
    ))
})

describe('what others say', () => {
  const label = (by: string, labels: Record<string, string>) => ({ by, at: '', labels, comment: null })

  test('differs where they answer the same question otherwise', () => {
    const ann = label('Ann', { quality: 'good', tone: 'kind' })
    assert.equal(differsFromOthers({ labels: [ann, label('Bob', { quality: 'good' })] }, 'Ann'), false)
    assert.equal(differsFromOthers({ labels: [ann, label('Bob', { quality: 'bad' })] }, 'Ann'), true)
    assert.equal(differsFromOthers({ labels: [ann, label('Bob', { cache: 'wrong' })] }, 'Ann'), false)
    assert.equal(differsFromOthers({ labels: [label('Bob', { quality: 'bad' })] }, 'Ann'), false)
  })

  test('of judges is not told to those who label blind; what people complained of is', () => {
    assert.deepEqual(withoutScores({ reason: 'evaluator-fail', detail: 'judge 0.10' }), { reason: null, detail: null })
    const thumbs = { reason: 'thumbs-down', detail: null } as const
    assert.deepEqual(withoutScores(thumbs), thumbs)
  })
})

test('what is listed to label is open, and not labelled by oneself', () => {
  assert.deepEqual(views[0]!.narrow('Ann'), { state: 'open', assignee: null, unlabelled_by: 'Ann' })
})

test('a kappa has a name', () => {
  assert.deepEqual([-0.1, 0, 0.2, 0.21, 0.6, 0.8, 1].map(kappaWord), [
    'worse than chance',
    'slight',
    'slight',
    'fair',
    'moderate',
    'substantial',
    'almost perfect',
  ])
})

test('the audit trail says who labelled what', () => {
  const row = { id: 1, at: '', actor: 'session' }
  assert.equal(
    auditWords({ ...row, action: 'annotation-label', detail: { as: 'Ann', item: 7, labels: { quality: 'bad' } } }),
    'Ann labelled item 7: quality bad',
  )
  assert.equal(
    auditWords({ ...row, action: 'annotation-assign', detail: { as: 'Ann', item: 7, assignee: null } }),
    'Ann assigned item 7 to nobody',
  )
})
