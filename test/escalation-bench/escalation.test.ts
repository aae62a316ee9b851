import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { MISSING_DATA } from '../evaluator-eval/data.ts'
import { atThreshold, byOracle, type Known, knownOf } from './expected.ts'
import type { Outcome } from './outcomes.ts'
import { readPassages } from './recordings.ts'
import { type Round, runRound, TUNED } from './round.ts'
import { ALWAYS_CHEAP, ALWAYS_FRONTIER, BOTH, ESCALATING, USUAL_THRESHOLD, WATCHED } from './routes.ts'
import { drawTraffic } from './traffic.ts'

const SHARES = { cheap: 0.6, frontier: 0.95 }
const OPTIONS = { shares: SHARES, requests: 40, seed: 1 }

const right = (outcomes: readonly { grounded: boolean }[]) => outcomes.filter(({ grounded }) => grounded).length
const cost = (outcomes: readonly { costNano: number }[]) => outcomes.reduce((sum, { costNano }) => sum + costNano, 0)

describe('escalation on recorded replies', { skip: MISSING_DATA ?? false }, () => {
  let round: Round
  let known: Known[]
  const of = (route: string): readonly Outcome[] => round.outcomes.get(route)!
  before(async () => {
    round = await runRound(readPassages(), { ...OPTIONS, thresholds: [0.3, USUAL_THRESHOLD, 0.8] })
    known = knownOf(round.outcomes)
  })

  it('calls the frontier model for what the evaluator failed, and for nothing else', () => {
    const routes = [ESCALATING, BOTH, ...(round.threshold === null ? [] : [TUNED])]
    for (const { row, escalated } of routes.flatMap(of)) {
      const first = row.scores.find(({ attempt }) => attempt === 0)
      assert.equal(escalated, first?.passed === false)
      assert.deepEqual(
        row.attempt_list.map(({ provider }) => provider),
        escalated ? ['cheap', 'frontier'] : ['cheap'],
      )
    }
    const escalated = of(ESCALATING).filter((outcome) => outcome.escalated).length
    assert.ok(escalated > 0 && escalated < OPTIONS.requests, `${escalated} were escalated`)
  })

  it('fails more of what people called ungrounded than of what they called grounded', () => {
    const share = (grounded: boolean) => {
      const some = of(ESCALATING).filter(({ turn }) => turn.cheap.grounded === grounded)
      return some.filter(({ escalated }) => escalated).length / some.length
    }
    assert.ok(share(false) > 2 * share(true), `${share(false)} and ${share(true)}`)
  })

  it('costs what its calls cost, between the two models, for a better quality than the cheap one', () => {
    for (const [index, outcome] of of(ESCALATING).entries()) {
      const { cheap, frontier } = known[index]!
      assert.equal(outcome.costNano, cheap.costNano + (outcome.escalated ? frontier.costNano : 0))
    }
    const [low, middle, high] = [ALWAYS_CHEAP, ESCALATING, ALWAYS_FRONTIER].map((route) => cost(of(route)))
    assert.ok(low! < middle! && middle! < high!, `${low}, ${middle}, ${high}`)
    assert.ok(right(of(ESCALATING)) > right(of(ALWAYS_CHEAP)))
    const oracle = known.map(byOracle)
    assert.ok(right(oracle) >= right(of(ESCALATING)))
  })

  it('does what a threshold was expected to come to', () => {
    for (const [index, { grounded, costNano, escalated }] of of(ESCALATING).entries())
      assert.deepEqual({ grounded, costNano, escalated }, atThreshold(known[index]!, USUAL_THRESHOLD))
  })

  it('takes the scores of watching evaluators for the target, and sends no reply to another one', () => {
    for (const { row } of of(WATCHED)) {
      assert.equal(row.attempts, 1)
      assert.deepEqual(
        row.scores.map(({ evaluator, gates }) => [evaluator, gates]),
        [['groundedness', false]],
      )
    }
  })

  it('makes two models whose shares are exact, of contexts that are either tuned by or reported', () => {
    const { tuning, reported } = drawTraffic(readPassages(), OPTIONS)
    for (const turns of [tuning, reported]) {
      assert.equal(turns.filter(({ cheap }) => cheap.grounded).length, 24)
      assert.equal(turns.filter(({ frontier }) => frontier.grounded).length, 38)
      const byContext = new Map(readPassages().map((passage) => [passage.context, passage]))
      for (const { context, cheap, frontier } of turns)
        for (const { text, grounded } of [cheap, frontier])
          assert.ok(byContext.get(context)![grounded ? 'grounded' : 'ungrounded'].some((said) => said.text === text))
    }
    const tuned = new Set(tuning.map(({ context }) => context))
    assert.ok(reported.every(({ context }) => !tuned.has(context)))
    assert.deepEqual(drawTraffic(readPassages(), OPTIONS), { tuning, reported })
  })
})
