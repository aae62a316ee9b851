import { parentPort, workerData } from 'node:worker_threads'
import { compareQuestions, type GuardMode } from '../cache/guards/index.ts'
import type { Criterion } from '../core/annotation.ts'
import type { CacheHash, SpaceVector } from '../core/cache.ts'
import type { Content, PairRecord } from '../core/experiment.ts'
import type { FromReader, ThreadData, ToReader } from '../core/thread-messages.ts'
import { labelAgreement } from '../statistics/label-agreement.ts'
import { summarizeRun } from '../statistics/run-summary.ts'
import { listAudit } from '../stores/audit.ts'
import { cacheSize, cacheUse, countLacking, lackingEntries, spaceNames } from '../stores/cache/cache-stats.ts'
import { pairIsDenied } from '../stores/cache/denied.ts'
import { type EntryFilter, type EntryOrder, findEntry, listEntries } from '../stores/cache/entry-list.ts'
import { loadVectorLibrary } from '../stores/cache/library.ts'
import { judgedLookUps, type LookUpFilter, listLookUps, recordedLookUps } from '../stores/cache/look-up-list.ts'
import { lookUpOwners } from '../stores/cache/look-up-owners.ts'
import { lookUpTimes } from '../stores/cache/look-up-times.ts'
import { nearestFinder } from '../stores/cache/nearest.ts'
import { openForReading } from '../stores/database.ts'
import {
  type AnnotationFilter,
  countAnnotations,
  findAnnotation,
  findDisputedVerdict,
  labelledReplies,
  listAnnotations,
} from '../stores/experiments/annotations.ts'
import { readContents } from '../stores/experiments/contents.ts'
import { datasetItems, factCounts, findDataset, knownHashes, listDatasets } from '../stores/experiments/datasets.ts'
import { findExperiment, listExperiments } from '../stores/experiments/experiments.ts'
import { requestsForFeedback } from '../stores/experiments/feedback.ts'
import { listPairs, type PairFilter } from '../stores/experiments/pairs.ts'
import { listPromotions } from '../stores/experiments/promotions.ts'
import { recordedOutput, recordedRequests, usualDuration } from '../stores/experiments/recorded.ts'
import { findRun, listRuns, runConfigs, runOutcomes, waitingItems } from '../stores/experiments/runs.ts'
import { labelledTraces, type TraceWindow, traceCandidates } from '../stores/experiments/trace-candidates.ts'
import { findScoredRequest, listRequests, type RequestFilter, requestsOfTrace } from '../stores/requests.ts'
import { scoreStats } from '../stores/scores-stats.ts'
import { spansOfTrace } from '../stores/spans.ts'
import { readStats } from '../stores/stats.ts'
import { type LabelFilter, listLabels } from '../stores/verdicts-labels.ts'
import { listVerdicts, type VerdictFilter } from '../stores/verdicts-list.ts'
import { verdictStats } from '../stores/verdicts-stats.ts'
import { readTuning, type TuningQuestion } from '../stores/verdicts-tuning.ts'
import { experimentJudge } from './judged.ts'
import { semanticSearch } from './semantic.ts'

/** The thread that answers whatever takes longer than the main thread may be held up. */

const { file, vectorLibrary } = workerData as ThreadData
const db = openForReading(file)
const vectorProblem = loadVectorLibrary(db, vectorLibrary)
const findNearest = nearestFinder(db, vectorProblem)
const isDenied = pairIsDenied(db)

/** What can be asked, by name. */
const queries = {
  requests: (filter: RequestFilter, cursor: string | null, limit: number) => listRequests(db, filter, cursor, limit),
  request: (requestId: string) => findScoredRequest(db, requestId),
  trace: (traceId: string) => ({ requests: requestsOfTrace(db, traceId), spans: spansOfTrace(db, traceId) }),
  stats: (from: number, to: number, stepMs: number) => ({
    total: readStats(db, from, to, 'total', stepMs),
    series: readStats(db, from, to, 'step', stepMs),
    routes: readStats(db, from, to, 'route', stepMs),
  }),
  vectorProblem: () => vectorProblem,
  nearest: (context: CacheHash, like: SpaceVector, limit: number, now: number) =>
    findNearest(context, like, limit, now),
  isDenied: (scope: CacheHash, asked: string, cached: string) => isDenied(scope, asked, cached),
  cacheEntries: (filter: EntryFilter, order: EntryOrder, cursor: string | null, limit: number) =>
    listEntries(db, filter, order, cursor, limit),
  cacheEntry: (key: CacheHash) => findEntry(db, key),
  cacheUse: (from: number, to: number) => cacheUse(db, from, to),
  cacheSize: (now: number) => cacheSize(db, now),
  lacking: (space: string, now: number) => countLacking(db, space, now),
  lackingEntries: (space: string, now: number, before: number | null, limit: number) =>
    lackingEntries(db, space, now, before, limit),
  lookUps: (filter: LookUpFilter, cursor: number | null, limit: number) => listLookUps(db, filter, cursor, limit),
  judgedLookUps: (tenant: string, route: string, space: string, limit: number) =>
    judgedLookUps(db, tenant, route, space, limit),
  recordedLookUps: (filter: LookUpFilter, limit: number) => recordedLookUps(db, filter, limit),
  lookUpOwners: (limit: number) => lookUpOwners(db, limit),
  lookUpTimes: (from: number, to: number) => lookUpTimes(db, from, to),
  /** Name of the guard that objects to each pair of questions, `null` where none does. */
  guardsBetween: (pairs: readonly (readonly [string, string])[], mode: GuardMode) =>
    pairs.map(([asked, cached]) => compareQuestions(asked, cached, mode).guard),
  cacheSpaces: () => spaceNames(db),
  ...semanticSearch(db, vectorProblem),
  verdicts: (filter: VerdictFilter, cursor: number | null, limit: number) => listVerdicts(db, filter, cursor, limit),
  verdictStats: (filter: VerdictFilter & { from: number; to: number }, stepMs: number) =>
    verdictStats(db, filter, stepMs),
  tuning: (question: TuningQuestion) => readTuning(db, question),
  labels: (filter: LabelFilter, cursor: number | null, limit: number) => listLabels(db, filter, cursor, limit),
  experiments: (filter: { route?: string; kind?: string }, limit: number) => listExperiments(db, filter, limit),
  promotions: (filter: { route?: string; open?: boolean }, limit: number) => listPromotions(db, filter, limit),
  scoreStats: (asked: Parameters<typeof scoreStats>[1]) => scoreStats(db, asked),
  findExperiment: (id: string) => findExperiment(db, id),
  experiment: experimentJudge(db),
  pairs(filter: PairFilter, actor: string, cursor: string | null, limit: number) {
    const pairs = listPairs(db, filter, actor, cursor, limit)
    const ids = pairs.flatMap(({ requestId, baseline, candidate, self }) =>
      [requestId, baseline?.requestId, candidate?.requestId, self?.requestId].filter(
        (each) => typeof each === 'string',
      ),
    )
    const contents = readContents(db, ids, Date.now())
    return pairs.map((pair) => ({ ...pair, contents: contentsOf(pair, contents) }))
  },
  datasets: (name: string | null) => listDatasets(db, name),
  dataset: (idOrName: string) => findDataset(db, idOrName),
  datasetItems: (id: string, page: Parameters<typeof datasetItems>[2]) => datasetItems(db, id, page),
  datasetFacts: (id: string, perKey: number) => factCounts(db, id, perKey),
  knownHashes: (id: string, hashes: readonly string[]) => knownHashes(db, id, hashes),
  traceCandidates: (window: TraceWindow, before: string | null, scanned: number, now: number) =>
    traceCandidates(db, window, before, scanned, now),
  labelledTraces: (route: string, after: number, limit: number, now: number) =>
    labelledTraces(db, route, after, limit, now),
  contents: (requestIds: readonly string[], now: number) => readContents(db, requestIds, now),
  requestsForFeedback: (of: { request: string } | { trace: string }, tenant: string, limit: number) =>
    requestsForFeedback(db, of, tenant, limit),
  disputedVerdict: (id: number) => findDisputedVerdict(db, id),
  annotations: (filter: AnnotationFilter, cursor: number | null, limit: number) => ({
    rows: listAnnotations(db, filter, cursor, limit),
    counts: countAnnotations(db),
  }),
  annotation: (id: number) => findAnnotation(db, id, Date.now()),
  labelAgreement: (criteria: readonly Criterion[], route: string | null, limit: number) =>
    labelAgreement(criteria, labelledReplies(db, route, limit)),
  runs: (cursor: string | null, limit: number) => listRuns(db, cursor, limit),
  run: (id: string) => findRun(db, id),
  runConfigs: (id: string) => runConfigs(db, id),
  runSummary(id: string, by: string | null) {
    const experiment = findExperiment(db, id)
    return experiment && summarizeRun(runOutcomes(db, id, by), { evaluators: experiment.settings.evaluators, by })
  },
  waitingRunItems: (id: string, after: number, limit: number) => waitingItems(db, id, after, limit),
  recordedRequests: (ids: readonly string[], now: number) => recordedRequests(db, ids, now),
  recordedOutput: (ids: readonly string[]) => recordedOutput(db, ids),
  usualDuration: (provider: string, model: string) => usualDuration(db, provider, model),
  audit: (cursor: number | null, limit: number) => listAudit(db, cursor, limit),
}

/** The texts of one pair, by request id. */
function contentsOf({ requestId, baseline, candidate, self }: PairRecord, contents: ReadonlyMap<string, Content>) {
  const ids = [requestId, baseline?.requestId, candidate?.requestId, self?.requestId]
  return Object.fromEntries(ids.flatMap((id) => (id && contents.has(id) ? [[id, contents.get(id)]] : [])))
}

parentPort!.on('message', async ({ id, query, args }: ToReader) => {
  let answer: FromReader
  try {
    const run = queries[query as keyof typeof queries] as (...args: unknown[]) => unknown
    answer = { id, result: await run(...args) }
  } catch (error) {
    answer = { id, error: (error as Error).message }
  }
  parentPort!.postMessage(answer)
})
