import assert from 'node:assert/strict'
import { getActiveResourcesInfo } from 'node:process'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Evaluator, Score, Subject } from '../../server/core/evaluation.ts'
import { evaluators } from '../../server/evaluators/index.ts'
import { noServices } from '../evaluators/subject.ts'
import { millisecondsOfThread } from '../support/thread-time.ts'
import { context, largeSubjects, SAMPLES, SECRET, subjects } from './evaluator-samples.ts'

/** What every kind of evaluator must keep to. A new one is picked up from the index and needs a sample. */

/** Milliseconds of this thread that a megabyte in every place may take. */
const MOST = 8000

function assertWellFormed(score: Score | null, { reply }: Subject): void {
  if (score === null) return
  assert.ok(score.score >= 0 && score.score <= 1, `score ${score.score}`)
  assert.equal(typeof score.passed, 'boolean')
  assert.match(score.reason, /^[A-Z\d][^\n]{5,200}\.$/)
  assert.ok(!score.reason.toLowerCase().includes(SECRET), score.reason)
  for (const [start, end] of score.spans ?? [])
    assert.ok(start >= 0 && end > start && end <= reply.text.length, JSON.stringify(score.spans))
}

it('has a sample for every kind, and no other', () => {
  assert.deepEqual([...evaluators.keys()].sort(), Object.keys(SAMPLES).sort())
})

for (const [id, kind] of evaluators) {
  const { options, wrong, passes, fails } = SAMPLES[id]!
  const make = (): Evaluator => kind.create(options)

  describe(id, () => {
    it('says what it is, and what its options mean', () => {
      assert.equal(kind.id, id)
      assert.equal(make().kind, id)
      assert.match(kind.description, /^[A-Z][^\n]+\.$/)
      assert.ok(['process', 'call'].includes(make().cost))
      for (const name of Object.keys(options)) assert.ok(name in kind.options, name)
      for (const [name, meaning] of Object.entries(kind.options)) assert.ok(meaning.length > 8, name)
    })

    it('says what is wrong with options that make no sense', () => {
      for (const each of wrong)
        assert.throws(() => kind.create(each), { name: 'TypeError', message: /.{10}/ }, JSON.stringify(each))
    })

    it('passes some replies and fails others', async () => {
      assert.equal((await make().score(passes, context))?.passed, true)
      assert.equal((await make().score(fails, context))?.passed, false)
    })

    it('says the same of the same subject, in a sentence that repeats nothing of it', async () => {
      const used = make()
      await fc.assert(
        fc.asyncProperty(subjects, async (subject) => {
          const answer = used.score(subject, used.cost === 'process' ? noServices() : context)
          assert.equal(answer instanceof Promise, used.cost === 'call')
          const score = await answer
          assertWellFormed(score, subject)
          assert.deepEqual(await used.score(subject, context), score)
          assert.deepEqual(await make().score(subject, context), score)
        }),
        { numRuns: 60 },
      )
    })

    it('starts nothing that runs on by itself', () => {
      const timers = () => getActiveResourcesInfo().filter((each) => each === 'Timeout').length
      const before = timers()
      for (let count = 0; count < 5; count++) make()
      assert.equal(timers(), before)
    })

    if (make().cost === 'call')
      it('rejects where nobody answers it', async () => {
        await assert.rejects(async () => make().score(passes, noServices()))
      })
    else
      it('takes little time for a megabyte of anything', (t) => {
        const evaluator = make()
        const times = largeSubjects().map(([name, subject]) => {
          const startedAt = millisecondsOfThread()
          assertWellFormed(evaluator.score(subject, noServices()) as Score | null, subject)
          return [millisecondsOfThread() - startedAt, name] as const
        })
        const [took, name] = times.reduce((slowest, each) => (each[0] > slowest[0] ? each : slowest))
        t.diagnostic(`${id}: ${took.toFixed(0)} ms for a megabyte of ${name}`)
        assert.ok(took < MOST, `${name}: ${took.toFixed(0)} ms`)
      })
  })
}
