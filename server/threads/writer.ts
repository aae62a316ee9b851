import { parentPort, workerData } from 'node:worker_threads'
import type { ExchangeRecord } from '../core/record.ts'
import type { FromWriter, ThreadData, ToWriter } from '../core/thread-messages.ts'
import { readLines } from '../stores/batch.ts'
import { CacheStore } from '../stores/cache/cache-store.ts'
import { loadVectorLibrary } from '../stores/cache/library.ts'
import { isPassing, openForWriting, writing } from '../stores/database.ts'
import { Desk } from '../stores/desk.ts'
import { contentWriter } from '../stores/experiments/contents.ts'
import { Laboratory } from '../stores/experiments/laboratory.ts'
import { openJournal } from '../stores/journal.ts'
import { requestsRow, requestWriter } from '../stores/requests.ts'
import { writeRevision } from '../stores/revisions.ts'
import { scoresRows, scoreWriter } from '../stores/scores.ts'
import { spanWriter } from '../stores/spans.ts'
import { verdictsRows, verdictWriter } from '../stores/verdicts.ts'
import { createSpanBuilder } from '../telemetry/spans.ts'
import { Jobs } from './jobs.ts'
import { spansRow } from './spans-row.ts'

/**
 * The thread that owns the one write connection: records in, rows and spans into the store. Turning a record into
 * rows and spans costs as much as half a request. In a burst the thread therefore only keeps the batches in the
 * journal, safe from a kill, and does the rest as soon as the burst is over.
 */

/** A batch of more records than this is a burst: over 1,280 requests a second at 50 ms a batch. */
const CALM_RECORDS = 64
/** How long after a burst's last batch its records are taken up. */
const QUIET_MS = 100
/** With so many batches waiting, one is taken up for each that comes, burst or not. */
const MOST_JOURNALLED = 400

/** How often what is past its time is removed. */
const SWEEP_MS = 60_000

const { file, version, vectorLibrary } = workerData as ThreadData
const port = parentPort!
const db = openForWriting(file)
const journal = openJournal(db)
const writeRequest = requestWriter(db)
const writeSpan = spanWriter(db)
const writeScore = scoreWriter(db)
const writeVerdict = verdictWriter(db)
const writeContent = contentWriter(db)
const buildSpans = createSpanBuilder(version)
const cache = new CacheStore(db, loadVectorLibrary(db, vectorLibrary))
const desk = new Desk(db)
const laboratory = new Laboratory(db)
const jobs = new Jobs()
let timer: NodeJS.Timeout | undefined
let next: NodeJS.Immediate | undefined

const say = (message: FromWriter) => port.postMessage(message)

const storeRecord = (record: ExchangeRecord) => {
  writeRequest(requestsRow(record))
  for (const score of scoresRows(record)) writeScore(score)
  for (const verdict of verdictsRows(record)) writeVerdict(verdict)
  if (record.content) writeContent(record, record.content)
  for (const span of buildSpans(record)) writeSpan(spansRow(span, record.request_id))
}
const storeAll = writing(db, (records: readonly ExchangeRecord[]) => {
  for (const record of records) storeRecord(record)
})
const storeOne = writing(db, storeRecord)
const storeJournalled = writing(db, (id: number, records: Buffer) => {
  storeSome(readLines(records))
  journal.remove(id)
})

takeUpAll()
say({ type: 'ready' })
jobs.addOnce('repair', () => cache.repair())
const sweeps = setInterval(sweep, SWEEP_MS)

port.on('message', (message: ToWriter) => {
  switch (message.type) {
    case 'records':
      receive(message)
      return
    case 'revision':
      writeRevision(db, message.revision, message.source, message.acceptedAt)
      return
    case 'cache-limit':
      cache.maxBytes = message.maxBytes
      if (cache.isOverLimit) sweep()
      return
    case 'cache-writes':
      say({ type: 'cache-written', batch: message.batch, ...cache.apply(message.writes) })
      if (cache.isOverLimit) sweep()
      return
    case 'cache-command':
      answer(message)
      return
    case 'desk-command':
      answerDesk(message.id, () => desk.do(message.command))
      return
    case 'experiment-command':
      answerDesk(message.id, () => laboratory.do(message.command))
      return
    case 'close':
      clearInterval(sweeps)
      jobs.stop()
      takeUpAll()
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
      say({ type: 'closed' })
      port.close()
  }
})

/** Brings the cache and the verdicts within their limits. One that waits already does for this one, too. */
function sweep(): void {
  jobs.addOnce('sweep', () => cache.run({ type: 'sweep', now: Date.now() }))
  jobs.addOnce('trim', () => desk.trim())
  jobs.addOnce('expire', () => laboratory.sweep(Date.now()))
}

function answerDesk(id: number, work: () => unknown): void {
  try {
    say({ type: 'desk-answer', id, result: work() })
  } catch (error) {
    say({ type: 'desk-answer', id, error: (error as Error).message })
  }
}

async function answer({ id, command }: ToWriter & { type: 'cache-command' }): Promise<void> {
  try {
    say({ type: 'cache-answer', id, result: await jobs.add(() => cache.run(command)) })
  } catch (error) {
    say({ type: 'cache-answer', id, error: (error as Error).message })
  }
}

function receive({ batch, count, memory, length }: ToWriter & { type: 'records' }): void {
  const records = Buffer.from(memory, 0, length)
  try {
    let refused = 0
    if (count > CALM_RECORDS) {
      journal.append(records)
      if (journal.length > MOST_JOURNALLED) takeUpOne()
      takeUpLater()
    } else refused = storeSome(readLines(records))
    say({ type: 'stored', batch, refused })
  } catch (error) {
    if (!isPassing(error)) throw error
    say({ type: 'postponed', batch, message: `the store cannot be written to: ${(error as Error).message}` })
  }
}

/** Stores all of them or, when one is at fault, all others; returns how many were. Throws only passing errors. */
function storeSome(records: readonly ExchangeRecord[]): number {
  try {
    storeAll(records)
    return 0
  } catch (error) {
    if (isPassing(error)) throw error
  }
  let refused = 0
  for (const record of records) {
    try {
      storeOne(record)
    } catch (error) {
      if (isPassing(error)) throw error
      refused += 1
    }
  }
  return refused
}

/** Takes the journal up once no burst has been seen for a while, batch by batch, so that messages come between. */
function takeUpLater(): void {
  clearTimeout(timer)
  clearImmediate(next)
  timer = setTimeout(takeUpSteadily, QUIET_MS)
}

function takeUpSteadily(): void {
  try {
    takeUpOne()
  } catch {
    // The journal keeps the batch; the disk may have room again later.
    takeUpLater()
    return
  }
  if (journal.length > 0) next = setImmediate(takeUpSteadily)
}

function takeUpOne(): void {
  const first = journal.first()
  if (first) storeJournalled(first.id, first.records)
}

function takeUpAll(): void {
  clearTimeout(timer)
  clearImmediate(next)
  while (journal.length > 0) takeUpOne()
}
