import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { RegexCensus } from '../support/regular-expressions.ts'

/** Replies can be made by whoever the model listens to: no regular expression that reads them may take more than linear time. */

/** What the analysis cannot tell, or is wrong about, each with the reason why it is linear. By pattern and flags. */
const LINEAR_BECAUSE: Readonly<Record<string, string>> = {}

const census = new RegexCensus('server/evaluators')

before(() =>
  census.watch(async () => {
    // Only here: most are put together when their file is loaded.
    const { evaluators } = await import('../../server/evaluators/index.ts')
    const { SAMPLES, context } = await import('../contract/evaluator-samples.ts')
    for (const [kind, { options, passes }] of Object.entries(SAMPLES))
      await evaluators.get(kind)!.create(options).score(passes, context)
  }),
)

it('has seen the text of those that are put together', () => {
  assert.deepEqual(census.unseen(), [])
})

it('has only linear ones', async (t) => {
  const startedAt = performance.now()
  const wrong = await census.wrong(LINEAR_BECAUSE)
  t.diagnostic(`${census.found.size} in ${Math.round(performance.now() - startedAt)} ms`)
  assert.ok(census.found.size > 20)
  assert.deepEqual(wrong, [])
})

it('excuses none that is not there', () => {
  assert.deepEqual(
    Object.keys(LINEAR_BECAUSE).filter((key) => !census.found.has(key)),
    [],
  )
})
