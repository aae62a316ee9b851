import type { EvaluationServices, Subject } from '../core/evaluation.ts'
import type { ArmResult } from '../core/experiment.ts'
import type { PairJudgePolicy } from '../core/experiment-policy.ts'
import { comparePair } from '../evaluators/judge/pairwise.ts'

export interface JudgedPreference {
  /** How far the candidate's reply is preferred: 1, 0, or 0.5 where none is better. */
  candidate: number
  /** False: the judge changed its mind with the order of the replies. */
  consistent: boolean
}

const LIMIT_MS = 120_000

/** Asks a judge which of two replies to the same request is better. `null`: it could not tell. */
export async function preferenceOf(
  policy: PairJudgePolicy,
  { baseline, candidate }: { baseline: Subject; candidate: Subject },
  services: EvaluationServices,
): Promise<JudgedPreference | null> {
  const pair = {
    request: baseline.request,
    first: baseline.reply,
    second: candidate.reply,
    targets: [baseline.target, candidate.target] as const,
  }
  try {
    const { preference, consistent } = await comparePair(pair, policy, {
      services,
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    return { candidate: { first: 0, second: 1, tie: 0.5 }[preference], consistent }
  } catch {
    return null
  }
}

/** Both sides with what the judge said; `null`: nobody was asked, or could tell. */
export function resultsOf(
  sides: { baseline: ArmResult; candidate: ArmResult },
  preference: JudgedPreference | null,
): { baseline: ArmResult; candidate: ArmResult } {
  if (preference === null) return sides
  const more = (result: ArmResult, measures: ArmResult['measures']) => ({
    ...result,
    measures: { ...result.measures, ...measures },
  })
  return {
    baseline: more(sides.baseline, { preference: 1 - preference.candidate }),
    candidate: more(sides.candidate, {
      preference: preference.candidate,
      judge_consistent: Number(preference.consistent),
    }),
  }
}
