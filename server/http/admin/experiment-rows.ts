import type { Content } from '../../core/experiment.ts'
import { readRequestView } from '../../evaluators/request-view.ts'
import type { ExperimentSummary } from '../../stores/experiments/experiments.ts'
import type { VotedPair } from '../../stores/experiments/pairs.ts'
import type { ExperimentRow, PairRow } from './experiment-schemas.ts'

/** A pair with its texts, by request id. */
export interface ReadPair extends VotedPair {
  contents: Readonly<Record<string, Content>>
}

export function toExperimentRow(experiment: ExperimentSummary): ExperimentRow {
  const { id, kind, name, route, baseline, candidate, startedAt, endedAt, drawn, pairs } = experiment
  return {
    ...{ id, kind, name, route, baseline, candidate, drawn, pairs },
    started_at: new Date(startedAt).toISOString(),
    ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
  }
}

export function toPairRow(pair: ReadPair): PairRow {
  const { id, at, requestId, baseline, candidate, self, skipped, change, cohort, votes, ownVote } = pair
  return {
    ...{ id, baseline, candidate, self, skipped, change, votes },
    cohort: { ...cohort },
    at: new Date(at).toISOString(),
    request_id: requestId,
    own_vote: ownVote,
    texts: textsOf(pair),
  }
}

function textsOf({ requestId, baseline, candidate, self, contents }: ReadPair): PairRow['texts'] {
  const contentOf = (id: string | null | undefined) => (id && Object.hasOwn(contents, id) ? contents[id]! : null)
  const request = contentOf(requestId)?.request ?? null
  const replies = {
    baseline: contentOf(baseline?.requestId)?.reply ?? null,
    candidate: contentOf(candidate?.requestId)?.reply ?? null,
    self: contentOf(self?.requestId)?.reply ?? null,
  }
  if (request === null && Object.values(replies).every((reply) => reply === null)) return null
  return { request: request && readRequestView(request), ...replies }
}
