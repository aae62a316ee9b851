import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { linesOf, qualityOf, stepStarts } from '../../renderer/scores/quality.ts'
import { tokensOf } from '../../renderer/scores/tokens.ts'
import type { ScoreSeries } from '../../server/http/admin/schemas.ts'

const FROM = Date.parse('2030-01-01T00:00:00Z')
const STEP = 60_000
const row = (step: number, target: string, replies: number, mean: number, more: object = {}) => {
  const [provider, model] = target.split('/') as [string, string]
  const at = new Date(FROM + step * STEP).toISOString()
  return { at, route: 'support', provider, model, evaluator: 'groundedness', replies, mean, passed: mean, ...more }
}
const series = (...data: ScoreSeries['data']): ScoreSeries => ({
  from: new Date(FROM).toISOString(),
  step_ms: STEP,
  data,
})

test('scores are put together by route, evaluator and target, every reply counting the same', () => {
  const [one, two, three] = qualityOf(
    series(
      row(0, 'a/x', 1, 1),
      row(2, 'a/x', 3, 0.6),
      row(2, 'b/y', 6, 0.9),
      row(1, 'b/y', 2, 0.5, { evaluator: 'short', passed: 0 }),
      row(1, 'b/y', 2, 0.5, { route: 'facts' }),
    ),
    4,
  )
  assert.deepEqual(
    [one, two, three].map((each) => `${each!.route} ${each!.evaluator}`),
    ['facts groundedness', 'support groundedness', 'support short'],
  )
  assert.equal(two!.replies, 10)
  assert.ok(Math.abs(two!.mean - (1 + 3 * 0.6 + 6 * 0.9) / 10) < 1e-12)
  assert.deepEqual(
    two!.means.map((mean) => mean && Number(mean.toFixed(6))),
    [1, null, 0.8, null],
  )
  assert.deepEqual(
    two!.targets.map(({ provider, replies, means }) => [provider, replies, means]),
    [
      ['b', 6, [null, null, 0.9, null]],
      ['a', 4, [1, null, 0.6, null]],
    ],
  )
  assert.equal(three!.passed, 0)
  assert.deepEqual(qualityOf(series(), 4), [])
  assert.deepEqual(stepStarts(series(), 3), [FROM, FROM + STEP, FROM + 2 * STEP])
})

test('a line goes through neighbours alone, and no value is lost', () => {
  assert.deepEqual(linesOf([null, 1, 0, null, 0.5]), [
    [
      { x: 0.3, y: 0 },
      { x: 0.5, y: 1 },
    ],
    [{ x: 0.9, y: 0.5 }],
  ])
  const scores = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 40 })
  fc.assert(
    fc.property(scores, (means) => {
      const lines = linesOf(means)
      assert.deepEqual(
        lines.flat().map(({ y }) => y),
        means.filter((mean) => mean !== null).map((mean) => 1 - mean),
      )
      assert.ok(lines.flat().every(({ x }, index, all) => x > (all[index - 1]?.x ?? 0) && x < 1))
    }),
  )
})

test('lines of a chart have colours of their own', () => {
  const tokens = tokensOf(['sandbox', 'sandbox', 'sandbox', 'box', 'cloud', 'box'])
  assert.equal(new Set(tokens).size, 6)
  assert.deepEqual(tokensOf(['sandbox']), tokens.slice(0, 1))
})
