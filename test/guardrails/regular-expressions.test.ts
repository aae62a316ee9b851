import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { check } from 'recheck'
import { RegexCensus, regularExpressionsIn } from '../support/regular-expressions.ts'

/**
 * No regular expression of the guardrails may take more than linear time, however its text is made. Those of config and
 * schemas run on RE2; these here are V8's, so each is analysed.
 */

/** What the analysis cannot tell, or is wrong about, each with the reason why it is linear. By pattern and flags. */
const LINEAR_BECAUSE: Readonly<Record<string, string>> = {
  // A busy machine ends the analysis of such counts early, with a guess.
  '/(?:[01]{8} ?){6,2048}/g': 'a run of digits can be split in one way only; six groups fail within 54 units',
  '/(?:\\d{2,3}[ ,]{1,2}){8,2048}\\d{2,3}/g': 'a digit and a blank end each group; eight groups fail within 40 units',
}

const census = new RegexCensus('server/guardrails')

before(() =>
  census.watch(async () => {
    const { guardrails } = await import('../../server/guardrails/index.ts')
    const { SAMPLES, context } = await import('../contract/guardrail-samples.ts')
    for (const [name, { options, seeds }] of Object.entries(SAMPLES)) {
      const guardrail = guardrails.get(name)!.create(options)
      for (const text of seeds) await guardrail.inspect({ text, origin: 'user', place: '' }, context)
    }
  }),
)

it('finds every regular expression in code, and nothing else', () => {
  const code = [
    'const a: RegExp = /a+/gu // not /this/',
    "const b = x / y / z, c = 'not /this/', d = new RegExp('b*', 'i')",
    'const e = RegExp(`c`), f = new RegExp(a.source)',
  ].join('\n')
  const { literals, built } = regularExpressionsIn('a.ts', code)
  assert.deepEqual(literals, [
    { pattern: 'a+', flags: 'gu', places: ['a.ts:1'] },
    { pattern: 'b*', flags: 'i', places: ['a.ts:2'] },
    { pattern: 'c', flags: '', places: ['a.ts:3'] },
  ])
  assert.deepEqual(built, ['a.ts:3'])
})

it('knows a bad one when it sees it', async () => {
  assert.equal((await check('^(a+)+$', '', { timeout: 20_000 })).status, 'vulnerable')
})

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
