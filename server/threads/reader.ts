import { parentPort, workerData } from 'node:worker_threads'
import { compareQuestions, type GuardMode } from '../cache/guards/index.ts'
import type { CacheHash, SpaceVector } from '../core/cache.ts'
import type { FromReader, ThreadData, ToReader } from '../core/thread-messages.ts'
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
import { findRequest, listRequests, type RequestFilter, requestsOfTrace } from '../stores/requests.ts'
import { spansOfTrace } from '../stores/spans.ts'
import { readStats } from '../stores/stats.ts'
import { type LabelFilter, listLabels } from '../stores/verdicts-labels.ts'
import { listVerdicts, type VerdictFilter } from '../stores/verdicts-list.ts'
import { verdictStats } from '../stores/verdicts-stats.ts'
import { readTuning, type TuningQuestion } from '../stores/verdicts-tuning.ts'
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
  request: (requestId: string) => findRequest(db, requestId),
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
  audit: (cursor: number | null, limit: number) => listAudit(db, cursor, limit),
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
