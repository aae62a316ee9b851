import { startGateway, type TestGateway } from '../support/gateway.ts'
import { chooseThreshold, knownOf } from './expected.ts'
import { startModel } from './models.ts'
import { drive, type Outcome } from './outcomes.ts'
import type { Passage } from './recordings.ts'
import { ALWAYS_CHEAP, ALWAYS_FRONTIER, BOTH, configOf, ENVIRONMENT, ESCALATING, routeAt, WATCHED } from './routes.ts'
import { drawTraffic, type Traffic, type TrafficOptions } from './traffic.ts'

/** Name under which the route with the chosen threshold is reported. */
export const TUNED = 'tuned'

/** What was measured of one drawn traffic. */
export interface Round {
  /** `null`: no threshold came near the frontier model, so that every request goes to it. */
  threshold: number | null
  /** Of the reported half, by route. */
  outcomes: ReadonlyMap<string, readonly Outcome[]>
}

export interface RoundOptions extends TrafficOptions {
  /** To choose from. */
  thresholds: readonly number[]
}

/** Runs one drawn traffic: the first half of it to choose a threshold, the second half to report. */
export async function runRound(passages: readonly Passage[], options: RoundOptions): Promise<Round> {
  const traffic = drawTraffic(passages, options)
  const turns = [...traffic.tuning, ...traffic.reported]
  const cheap = await startModel('cheap', turns)
  const frontier = await startModel('frontier', turns)
  try {
    const config = configOf({ cheap: cheap.url, frontier: frontier.url }, options.thresholds)
    const gateway = await startGateway(config, { environment: ENVIRONMENT })
    return await measure(gateway, traffic, options.thresholds).finally(() => gateway.stop())
  } finally {
    await cheap.close()
    await frontier.close()
  }
}

async function measure(
  gateway: TestGateway,
  { tuning, reported }: Traffic,
  thresholds: readonly number[],
): Promise<Round> {
  const alone = [ALWAYS_CHEAP, ALWAYS_FRONTIER, BOTH]
  const threshold = chooseThreshold(knownOf(await drive(gateway, alone, tuning)), thresholds)
  const tuned = threshold === null ? ALWAYS_FRONTIER : routeAt(threshold)
  const outcomes = await drive(gateway, [...new Set([...alone, ESCALATING, WATCHED, tuned])], reported)
  return { threshold, outcomes: outcomes.set(TUNED, outcomes.get(tuned)!) }
}
