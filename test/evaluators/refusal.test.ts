import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { PROJECT } from '../config/imports.ts'
import { CASES, HELD_OUT, type RefusalCase } from './refusal/cases.ts'
import { ABSTENTIONS, ANSWERS, REFUSALS } from './refusal/halueval-labels.ts'
import { replyOf } from './reply.ts'
import { make, scoreNow, subjectOf } from './subject.ts'

const REPLIES = join(PROJECT, '../shared/data/guard/halueval_responses.jsonl')

const refusal = make('refusal')
const strict = make('refusal', { abstentions: 'fail' })
const isRefused = (reply: string) => !scoreNow(refusal, subjectOf(reply))!.passed
const isPassedOver = (reply: string) => !scoreNow(strict, subjectOf(reply))!.passed

/** Of refusals against all else. */
function measure(cases: readonly RefusalCase[]): { precision: number; recall: number } {
  const found = cases.filter(([, reply]) => isRefused(reply))
  const right = found.filter(([label]) => label === 'refusal').length
  return { precision: right / found.length, recall: right / cases.filter(([label]) => label === 'refusal').length }
}

const shown = ({ precision, recall }: { precision: number; recall: number }) =>
  `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`

describe('refusal', () => {
  it('sees what the provider marks', () => {
    assert.deepEqual(scoreNow(refusal, subjectOf(replyOf('Fine.', { refusal: 'No.' }))), {
      score: 0,
      passed: false,
      reason: 'The model refused.',
    })
    assert.equal(scoreNow(refusal, subjectOf(replyOf('', { finishReason: 'content-filter' })))?.passed, false)
  })

  it('does not judge what has no text yet', () => {
    assert.equal(scoreNow(refusal, subjectOf('')), null)
    const call = { toolCalls: [{ name: 'x', arguments: '' }] }
    assert.equal(scoreNow(refusal, subjectOf(replyOf('', call))), null)
  })

  it('tells “I can’t help” from “I can’t find that”, and lets people decide about the second', () => {
    const [cannot, notFound] = ['I can’t help with that.', 'I can’t find that in the documents.']
    assert.deepEqual([isRefused(cannot), isRefused(notFound)], [true, false])
    assert.deepEqual([isPassedOver(cannot), isPassedOver(notFound)], [true, true])
    assert.equal(isPassedOver('It is in chapter 3.'), false)
  })

  for (const [language, cases] of Object.entries(CASES))
    it(`knows the cases that it was made with: ${language}`, (t) => {
      const { precision, recall } = measure(cases)
      t.diagnostic(shown({ precision, recall }))
      assert.ok(precision === 1 && recall >= 0.95)
    })

  it('knows most of those that it was not made with', (t) => {
    const measured = measure(HELD_OUT)
    t.diagnostic(`${HELD_OUT.length} held-out cases: ${shown(measured)}`)
    assert.ok(measured.precision >= 0.95 && measured.recall >= 0.75)
  })

  it('knows those of a real model', {
    skip: !existsSync(REPLIES) && 'the data folder ../shared/data is not here',
  }, (t) => {
    const replies = readFileSync(REPLIES, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text)
    const labelled = (label: RefusalCase[0], rows: readonly number[]) =>
      rows.map((row): RefusalCase => [label, replies[row]!])
    const cases = [
      ...labelled('refusal', REFUSALS),
      ...labelled('abstention', ABSTENTIONS),
      ...labelled('answer', ANSWERS),
    ]
    const measured = measure(cases)
    const all = replies.filter(isRefused).length / replies.length
    t.diagnostic(
      `${cases.length} labelled: ${shown(measured)}; of all ${replies.length}, ${(100 * all).toFixed(1)} % refuse`,
    )
    assert.ok(measured.precision >= 0.9 && measured.recall >= 0.7)
    assert.ok(all < 0.02)
  })

  it('stays with what it saw early: the end of a long reply is not a refusal', () => {
    const answer = 'Take the first train. '.repeat(100)
    assert.equal(isRefused(`${answer}I can’t help with the tickets.`), false)
  })
})
