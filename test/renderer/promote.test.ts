import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { auditWords } from '../../renderer/cache/audit-words.ts'
import { isComplete, missingCharacters } from '../../renderer/promote/override.ts'
import { nextShare, SHARES, shareWords, stopsOf } from '../../renderer/promote/steps.ts'
import { actorWords, outcomeWords, stateTone } from '../../renderer/promote/words.ts'
import { PROMOTION_SHARES } from '../../server/core/promotion.ts'
import type { PromotionRow } from '../../server/http/admin/schemas.ts'

const step = (share: number, actor = 'admin token') => ({ at: '', share, actor, why: 'next step', revision: 'r' })
const way = (state: PromotionRow['state'], share: number, ...shares: number[]) => ({
  state,
  share,
  steps: shares.map((each) => step(each)),
})
const drawn = (of: ReturnType<typeof way>) => stopsOf(of).map(({ share, place }) => `${shareWords(share)} ${place}`)

test('the steps shown are those that the gateway takes', () => {
  assert.deepEqual(SHARES, [...PROMOTION_SHARES])
})

test('the way shows what is done, where it is, what comes next, and where it was left', () => {
  assert.deepEqual(drawn(way('running', 0.05, 0.05)), ['5% now', '25% next', '100% ahead'])
  assert.deepEqual(drawn(way('running', 1, 0.05, 0.25, 1)), ['5% done', '25% done', '100% now'])
  assert.deepEqual(drawn(way('running', 0.5, 0.05, 0.5)), ['5% done', '25% done', '50% now', '100% next'])
  assert.deepEqual(drawn(way('rolled-back', 0, 0.05, 0.25, 0)), ['5% done', '25% left', '100% ahead'])
  assert.deepEqual(drawn(way('complete', 1, 0.05, 1, 1)), ['5% done', '25% done', '100% done'])
})

test('any share has one stop of its own, and a next step that is more, until all goes there', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.0001, max: 1, noNaN: true }), (share) => {
      const stops = stopsOf(way('running', share, share))
      assert.deepEqual(
        stops.filter(({ place }) => place === 'now').map((stop) => stop.share),
        [share],
      )
      const next = nextShare(share)
      assert.equal(next === null, share === 1)
      assert.deepEqual(
        stops.filter(({ place }) => place === 'next').map((stop) => stop.share),
        next === null ? [] : [next],
      )
      assert.ok(stops.every((stop, index) => index === 0 || stop.share > stops[index - 1]!.share))
    }),
  )
})

test('an override takes the candidate to the letter, and a reason that is one', () => {
  const override = { candidate: 'two/small', reason: ' Measured by hand. ' }
  assert.ok(isComplete(override, 'two/small'))
  for (const candidate of ['', 'two/smal', 'Two/small', 'two/small ', 'two/small2'])
    assert.ok(!isComplete({ ...override, candidate }, 'two/small'), candidate)
  assert.equal(missingCharacters({ ...override, reason: '  12345 ' }), 5)
  assert.ok(!isComplete({ ...override, reason: '123456789' }, 'two/small'))
})

test('what happened by itself is told from what somebody did', () => {
  const row = { ...way('rolled-back', 0, 0.05, 0), route: 'support', candidate: 'two/small' } as PromotionRow
  assert.match(outcomeWords(row), /^Somebody took it back/)
  assert.equal(stateTone(row), 'ink')
  const bySelf = { ...row, steps: [step(0.05), step(0, 'gatehouse')] }
  assert.match(outcomeWords(bySelf), /^It was taken back by itself/)
  assert.equal(stateTone(bySelf), 'error')
  assert.deepEqual(['gatehouse', 'ada'].map(actorWords), ['by itself', 'ada'])
})

test('promotions stand in the audit trail in words', () => {
  const detail = { promotion: 1, route: 'support', candidate: 'two/small', share: 0.05, override: 'Measured by hand.' }
  const words = (action: string, more: object) =>
    auditWords({ id: 1, at: '', actor: 'ada', action, detail: { ...detail, ...more } })
  assert.equal(
    words('promotion-begin', {}),
    'Sent 5% of support’s requests to two/small, against the verdict: “Measured by hand.”',
  )
  assert.equal(words('promotion-begin', { override: null }), 'Sent 5% of support’s requests to two/small')
  const then = (state: string, why: string) => words('promotion-step', { state, why, share: 0.25 })
  assert.equal(then('running', 'next step'), 'Sent 25% of support’s requests to two/small: next step')
  assert.equal(then('rolled-back', 'by hand'), 'Took support’s traffic back from two/small: by hand')
  assert.equal(then('complete', 'completed'), 'Made two/small the first target of support')
  assert.match(then('ended', 'the config file was changed'), /^Ended the promotion .* changed$/)
})
