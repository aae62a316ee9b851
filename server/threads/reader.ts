import { parentPort, workerData } from 'node:worker_threads'
import type { FromReader, ThreadData, ToReader } from '../core/thread-messages.ts'
import { openForReading } from '../stores/database.ts'
import { findRequest, listRequests, type RequestFilter, requestsOfTrace } from '../stores/requests.ts'
import { spansOfTrace } from '../stores/spans.ts'
import { readStats } from '../stores/stats.ts'

/** The thread that answers whatever takes longer than the main thread may be held up. */

const { file } = workerData as ThreadData
const db = openForReading(file)

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
}

parentPort!.on('message', ({ id, query, args }: ToReader) => {
  let answer: FromReader
  try {
    const run = queries[query as keyof typeof queries] as (...args: unknown[]) => unknown
    answer = { id, result: run(...args) }
  } catch (error) {
    answer = { id, error: (error as Error).message }
  }
  parentPort!.postMessage(answer)
})
