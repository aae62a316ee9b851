import { formatTable } from '../bench/table.ts'
import { atThreshold, knownOf, MARGIN } from './expected.ts'
import { meanOf } from './interval.ts'
import { CHEAP, FRONTIER } from './models.ts'
import { type Round, TUNED } from './round.ts'
import { ALWAYS_CHEAP, ALWAYS_FRONTIER, BAR, ESCALATING, USUAL_THRESHOLD, WATCHED } from './routes.ts'
import { blindMixCost, ORACLE, type Summary } from './summary.ts'

const WHAT = {
  [ALWAYS_CHEAP]: `always ${CHEAP}`,
  [ALWAYS_FRONTIER]: `always ${FRONTIER}`,
  [ESCALATING]: `escalates under ${USUAL_THRESHOLD}`,
  [TUNED]: 'escalates, threshold chosen',
  [WATCHED]: `watched, bar ${BAR}`,
  [ORACLE]: 'oracle (computed)',
}

/** Every line of the comparison side by side. The shares of the models alone are set, so that they have no interval. */
export function comparison(summaries: readonly Summary[]): string {
  const header = [
    '',
    'requests',
    'grounded',
    '95 %',
    'to frontier',
    '95 %',
    '$ per 1,000',
    'cost',
    'escalated',
    'own ms p50',
  ]
  const rows = summaries.map((summary) => {
    const { name, quality, qualityBounds, difference, differenceBounds, costNano, overheadMs } = summary
    const isSet = name === ALWAYS_CHEAP || name === ALWAYS_FRONTIER
    return [
      WHAT[name],
      String(summary.requests),
      percent(quality),
      isSet ? 'set' : `${percent(qualityBounds.low)} – ${percent(qualityBounds.high)}`,
      points(difference),
      isSet ? 'set' : `${points(differenceBounds.low)} … ${points(differenceBounds.high)}`,
      (costNano / 1e6).toFixed(3),
      percent(summary.relativeCost),
      percent(summary.escalated),
      overheadMs === null ? '–' : overheadMs.toFixed(2),
    ]
  })
  return formatTable(header, rows)
}

/** What each threshold comes to on the reported turns, by the scores that the gateway gave. */
export function thresholdTable(rounds: readonly Round[], thresholds: readonly number[]): string {
  const known = rounds.flatMap(({ outcomes }) => knownOf(outcomes))
  const frontier = meanOf(known.map((turn) => turn.frontier.costNano))
  const rows = thresholds.map((threshold) => {
    const turns = known.map((turn) => ({ ...atThreshold(turn, threshold), isRight: turn.cheap.grounded }))
    const share = (isRight: boolean) =>
      meanOf(turns.filter((turn) => turn.isRight === isRight).map(({ escalated }) => Number(escalated)))
    return [
      String(threshold),
      percent(meanOf(turns.map(({ grounded }) => Number(grounded)))),
      percent(meanOf(turns.map(({ costNano }) => costNano)) / frontier),
      percent(share(true)),
      percent(1 - share(false)),
    ]
  })
  return formatTable(['threshold', 'grounded', 'cost', 'right ones escalated', 'wrong ones passed'], rows)
}

/** What it shows, in words. */
export function conclusion(summaries: readonly Summary[], rounds: readonly Round[]): string {
  const of = (wanted: Summary['name']) => summaries.find(({ name }) => name === wanted)!
  const [cheap, frontier, tuned, oracle] = [of(ALWAYS_CHEAP), of(ALWAYS_FRONTIER), of(TUNED), of(ORACLE)]
  const { low, high } = tuned.differenceBounds
  const isShown = low > -MARGIN
  const without = rounds.filter(({ threshold }) => threshold === null).length
  const blind = blindMixCost(tuned.quality, cheap, frontier)
  return [
    `With thresholds chosen on other contexts, escalation costs ${percent(1 - tuned.relativeCost)} less than always-frontier, at`,
    `${points(tuned.difference)} points of quality (${points(low)} … ${points(high)}): that it loses less than ${MARGIN * 100} points is ${isShown ? 'shown' : 'not shown'} by so many requests.`,
    ...(without > 0
      ? [
          `In ${without} of ${rounds.length} rounds no threshold came near enough, and the frontier model answered everything.`,
        ]
      : []),
    `Against always-cheap it is ${points(tuned.quality - cheap.quality)} points at ${(tuned.costNano / cheap.costNano).toFixed(1)} times the cost. A coin tossed between the models costs`,
    `${percent(blind)} of always-frontier for the same quality, escalation ${percent(tuned.relativeCost)}; what is never wrong would cost ${percent(oracle.relativeCost)}.`,
  ].join('\n')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** Of a hundred, with the sign. */
function points(share: number): string {
  const value = (share * 100).toFixed(1)
  return share > 0 ? `+${value}` : value.replace('-', '−')
}
