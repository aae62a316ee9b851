import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { withBlock } from '../support/marked-block.ts'
import { describe as differences } from './differences.ts'
import { LOSSES } from './losses.ts'
import { allCalls, asks, type Outcome, runMatrix } from './matrix.ts'
import { recordedOf, recordingsMissing, UPSTREAMS } from './recorded.ts'
import { SDKS } from './sdks.ts'
import { fidelityTable } from './table.ts'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))
/** Single bytes take long: every so many calls that could be made with them are. */
const BYTEWISE_SHARE = 8

describe('every recording reaches every official SDK equal in meaning', { skip: recordingsMissing }, () => {
  let outcomes: Outcome[] = []
  before(async () => {
    outcomes = await runMatrix(allCalls(BYTEWISE_SHARE))
  })

  for (const upstream of UPSTREAMS)
    for (const sdk of SDKS) {
      if (!asks(sdk, upstream)) continue
      it(`${upstream.label} to ${sdk.label}`, () => {
        const own = outcomes.filter((outcome) => outcome.upstream === upstream && outcome.sdk === sdk)
        assert.ok(own.length >= 4 * recordedOf(upstream).length, 'streamed and whole, in one piece and in many')
        assert.deepEqual(
          own.filter(({ ok }) => !ok).map((outcome) => differences(outcome)),
          [],
        )
      })
    }

  for (const loss of LOSSES)
    it(`the explained loss of ${loss.what} occurs with every client that it names`, () => {
      for (const dialect of loss.dialects)
        assert.ok(
          outcomes.some(({ sdk, losses }) => sdk.dialect === dialect && losses.includes(loss)),
          dialect,
        )
    })

  it('has the same table in the README', (t) => {
    const page = readFileSync(README, 'utf8')
    const wanted = withBlock(page, 'fidelity', fidelityTable(outcomes))
    if (wanted === null) return t.skip('the README has no place for the table yet')
    assert.equal(page, wanted, 'run `npm run fidelity -- --write`')
  })
})

describe('the recordings', { skip: recordingsMissing }, () => {
  for (const upstream of UPSTREAMS)
    it(`of ${upstream.label} all say something`, () => {
      const recorded = recordedOf(upstream)
      assert.ok(recorded.length > 0)
      for (const { name, meaning } of recorded) {
        const said = [meaning.text, meaning.error?.message, ...meaning.toolCalls, ...meaning.hosted]
        assert.ok(said.some(Boolean), name)
        assert.ok(meaning.error !== null || meaning.finish !== null, `${name} ends`)
      }
    })

  it('have everything that must survive: reasoning, calls, state, citations, hosted tools, errors in both places', () => {
    const all = UPSTREAMS.flatMap((upstream) => recordedOf(upstream).map(({ meaning }) => meaning))
    const counts = {
      reasoning: all.filter(({ reasoning }) => reasoning !== '').length,
      severalCalls: all.filter(({ toolCalls }) => toolCalls.length > 1).length,
      calls: all.filter(({ toolCalls }) => toolCalls.length > 0).length,
      state: all.filter(({ state }) => state.length > 0).length,
      citations: all.filter(({ citations }) => citations.length > 0).length,
      hosted: all.filter(({ hosted }) => hosted.length > 0).length,
      refusals: all.filter(({ error }) => error !== null && error.status !== null).length,
      errorsInside: all.filter(({ error }) => error !== null && error.status === null).length,
    }
    for (const [what, count] of Object.entries(counts)) assert.ok(count > 0, what)
  })
})
