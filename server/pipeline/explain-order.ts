import { isWorthFallback } from '../attempts/chain.ts'
import type { AttemptContext } from '../attempts/context.ts'
import { groupTargets } from '../attempts/group-targets.ts'
import type { Standing } from '../attempts/target-gate.ts'
import type { GatewayError } from '../core/errors.ts'
import type { Ranked, RouteSettings } from '../core/policy.ts'

/**
 * What the chain would do with a target: `call` it first; keep it on `standby` for when those before it fail; `skip`
 * it, as it is to be left alone; `fail` to call it; or not come to it at all (`unused`).
 */
export type Action = 'call' | 'standby' | 'skip' | 'fail' | 'unused'

/** What decides what becomes of a target. */
export interface Candidate {
  standing: Standing
  /** Why a call of it would fail before it is sent. */
  problem: GatewayError | null
}

/** The plan's targets as `runChain` puts them: who asked to be left alone last, and after them who failed its judges. */
export function arranged(context: AttemptContext): Ranked[] {
  const { ready, cooling, failed } = groupTargets(context)
  return [...ready, ...cooling, ...failed]
}

/** What becomes of each target, in the order in which they are tried. */
export function actionsOf(candidates: readonly Candidate[], settings: RouteSettings): Action[] {
  const actions = firstActions(candidates, settings)
  if (actions.includes('call')) return actions
  // Nobody could be called: those that only their breakers spare get their chance.
  const chance = candidates.findIndex(({ standing }, index) => actions[index] === 'skip' && standing.lastChance)
  return chance < 0 ? actions : actions.with(chance, 'call')
}

function firstActions(candidates: readonly Candidate[], settings: RouteSettings): Action[] {
  const { fallbackOnError, judging, hedge, resumeStreams } = settings
  let called = false
  let reached = true
  return candidates.map(({ standing, problem }) => {
    if (!reached) return 'unused'
    if (standing.refuses) {
      reached = called || fallbackOnError
      return 'skip'
    }
    if (problem !== null) {
      reached = called || (fallbackOnError && isWorthFallback(problem))
      return 'fail'
    }
    if (called) return 'standby'
    called = true
    reached = fallbackOnError || judging !== null || hedge !== null || resumeStreams
    return 'call'
  })
}
