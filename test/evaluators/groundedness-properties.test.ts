import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Score } from '../../server/core/evaluation.ts'
import { readClaim, readSentence } from '../../server/evaluators/groundedness/claim.ts'
import { Context } from '../../server/evaluators/groundedness/context.ts'
import { signalsOf, supportOf } from '../../server/evaluators/groundedness/signals.ts'
import { WEIGHTS } from '../../server/evaluators/groundedness/weights.ts'
import { groundedness } from '../../server/evaluators/groundedness.ts'
import { splitSentences } from '../../server/evaluators/text/sentences.ts'
import { millisecondsOfThread } from '../support/thread-time.ts'
import { noServices, requestOf, subjectOf } from './subject.ts'

const word = fc.constantFrom(
  ...'the not a 30 12.5 three Graz NATO I opens closed never refund cards, (allowed) days Anna’s don’t 東京は ist kein über é x'.split(
    ' ',
  ),
)
const sentence = fc
  .array(word, { minLength: 2, maxLength: 14 })
  .map((words) => `${words.join(' ').replace(/^\p{Ll}/u, (first) => first.toUpperCase())}.`)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(sentence).map((all) => all.join(' ')),
)
const evaluator = groundedness.create({})

function scoreOf(reply: string, context: string): Score | null {
  return evaluator.score(
    subjectOf(reply, { reference: { context }, request: requestOf('') }),
    noServices(),
  ) as Score | null
}

describe('groundedness', () => {
  it('scores anything between 0 and 1, the same every time, with places in order that do not overlap', () =>
    fc.assert(
      fc.property(text, text, (reply, context) => {
        const score = scoreOf(reply, context)
        assert.deepEqual(scoreOf(reply, context), score)
        if (score === null) return
        assert.ok(score.score >= 0 && score.score <= 1)
        let before = 0
        for (const [start, end] of score.spans ?? []) {
          assert.ok(start >= before && end > start && end <= reply.length)
          before = end
        }
      }),
    ))

  it('never trusts a sentence less because the context says it', () =>
    fc.assert(
      fc.property(fc.array(sentence), sentence, (sentences, added) => {
        const before = sentences.join(' ')
        const support = (context: string) =>
          splitSentences(added).map((span) =>
            supportOf(signalsOf([readClaim(readSentence(added, span), new Context(context), new Set())]), WEIGHTS),
          )
        const [one, other] = [support(before), support(`${before}\n\n${added}`)]
        for (const [at, value] of one.entries()) assert.ok(other[at]! >= value, `${value} then ${other[at]}`)
      }),
    ))

  it('passes whatever is copied from the context', () =>
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(11)), (sentences, picked) => {
        const copied = sentences.filter((_, at) => picked.includes(at))
        const score = scoreOf(copied.join('\n'), sentences.join('\n'))
        assert.ok(score === null || (score.passed && score.spans === undefined), JSON.stringify(score))
      }),
    ))

  it('takes next to no time, and no longer where there is more than it reads', () => {
    const fact = 'The returns desk in Graz opened in 1998 and never closes before 9 p.m. on Fridays. '
    const unlike = Array.from({ length: 90_000 }, (_, at) => `w${at.toString(36)}`).join(' ')
    const typical = [fact.repeat(50), fact.repeat(7)] as const
    scoreOf(...typical)
    assert.ok(timeOf(...typical) < 60)
    for (const long of [
      fact.repeat(12_000),
      'a. '.repeat(330_000),
      '| a |\n|--|\n'.repeat(90_000),
      '東京は'.repeat(330_000),
      unlike,
      'not '.repeat(250_000),
    ])
      assert.ok(timeOf(long, long) < 2000, long.slice(0, 20))
  })
})

/** Of this thread, in milliseconds. */
function timeOf(context: string, reply: string): number {
  const start = millisecondsOfThread()
  scoreOf(reply, context)
  return millisecondsOfThread() - start
}
