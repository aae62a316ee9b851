import { LRUCache } from 'lru-cache'
import { type ExperimentVerdict, experimentVerdict } from '../statistics/experiment-verdict.ts'
import type { Db } from '../stores/database.ts'
import { type ExperimentSummary, findExperiment } from '../stores/experiments/experiments.ts'
import { pairsInOrder, pairsState } from '../stores/experiments/pairs.ts'

/** Verdicts that are kept, the most recently asked for. */
const KEPT = 50

export interface JudgedExperiment extends ExperimentVerdict {
  summary: ExperimentSummary
}

/** Judges experiments; one of which nothing is new since is not judged again. */
export function experimentJudge(db: Db): (id: string) => JudgedExperiment | null {
  const kept = new LRUCache<string, { state: string; judged: ExperimentVerdict; pairs: number; drawn: number }>({
    max: KEPT,
  })
  return (id) => {
    const experiment = findExperiment(db, id)
    if (experiment === null) return null
    const state = pairsState(db, id)
    let known = kept.get(id)
    if (known?.state !== state) {
      const pairs = pairsInOrder(db, id)
      known = {
        state,
        judged: experimentVerdict(experiment.settings, pairs),
        pairs: pairs.filter(({ skipped }) => skipped === null).length,
        drawn: pairs.length,
      }
      kept.set(id, known)
    }
    return { summary: { ...experiment, drawn: known.drawn, pairs: known.pairs }, ...known.judged }
  }
}
