import { type Check, percentExactly } from './check.ts'
import { LATE_MS } from './load.ts'
import type { Measured } from './measure.ts'
import type { Kind, Scenario, TargetName } from './scenarios.ts'

const LEAST_SUCCESS = 0.999
const LEAST_WHOLE = 0.999
const MOST_ATTEMPTS = 1.1

/** `without`: what an app without a gateway met. */
type Judge = (measured: Measured, kind: Kind, without: Measured) => Check

const JUDGES: Readonly<Record<TargetName, Judge>> = {
  success: ({ ok, sent }, kind) => ({
    what: `≥ 99.9 % of ${kind === 'unary' ? 'unary requests succeed' : 'streams succeed before their first content'}`,
    found: `${percentExactly(ok / sent, 3)} of ${sent}`,
    met: ok / sent >= LEAST_SUCCESS,
  }),
  'no-worse': ({ ok, sent }, kind, without) => ({
    what: `no fewer ${kind === 'unary' ? 'unary requests' : 'streams'} succeed than without a gateway`,
    found: `${percentExactly(ok / sent, 1)}, and ${percentExactly(without.ok / without.sent, 1)} without`,
    met: ok / sent >= without.ok / without.sent,
  }),
  whole: ({ whole, sent }, kind) => ({
    what: `≥ 99.9 % of ${kind === 'unary' ? 'replies' : 'streams'} are whole, with their text right`,
    found: `${percentExactly(whole / sent, 3)} of ${sent}`,
    met: whole / sent >= LEAST_WHOLE,
  }),
  attempts: ({ attempts, attemptsAfterOpen }, kind) => ({
    what: `≤ 1.1 attempts per ${kind === 'unary' ? 'unary request' : 'stream'} after the breaker opens`,
    found: attemptsAfterOpen === null ? `it never opened; ${attempts.toFixed(3)} of all` : attemptsAfterOpen.toFixed(3),
    met: (attemptsAfterOpen ?? attempts) <= MOST_ATTEMPTS,
  }),
  deadline: ({ late, sent }, kind) => ({
    what: `no ${kind === 'unary' ? 'unary request' : 'stream'} is answered more than ${LATE_MS} ms past its deadline`,
    found: `${late} of ${sent}`,
    met: late === 0,
  }),
}

/** Holds what Gatehouse did in a scenario against its targets. */
export function judgeScenario({ targets }: Scenario, kind: Kind, measured: Measured, without: Measured): Check[] {
  return targets.map((name) => JUDGES[name](measured, kind, without))
}
