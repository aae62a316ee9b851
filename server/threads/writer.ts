import { parentPort, workerData } from 'node:worker_threads'
import type { ExchangeRecord } from '../core/record.ts'
import type { FromWriter, ThreadData, ToWriter } from '../core/thread-messages.ts'
import { openForWriting } from '../stores/database.ts'
import { requestsRow, requestWriter } from '../stores/requests.ts'
import { writeRevision } from '../stores/revisions.ts'
import { spanWriter } from '../stores/spans.ts'
import { createSpanBuilder } from '../telemetry/spans.ts'
import { spansRow } from './spans-row.ts'

/** The thread that owns the one write connection: records in, rows and spans into the store. */

/** Errors that pass: the disk is full, another process holds the lock, the device stumbled. */
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM|CANTOPEN|READONLY)/

const { file, version } = workerData as ThreadData
const port = parentPort!
const db = openForWriting(file)
const writeRequest = requestWriter(db)
const writeSpan = spanWriter(db)
const buildSpans = createSpanBuilder(version)

const storeRecord = (record: ExchangeRecord) => {
  writeRequest(requestsRow(record))
  for (const span of buildSpans(record)) writeSpan(spansRow(span, record.request_id))
}
const storeAll = db.transaction((records: readonly ExchangeRecord[]) => {
  for (const record of records) storeRecord(record)
})
const storeOne = db.transaction(storeRecord)

const say = (message: FromWriter) => port.postMessage(message)

port.on('message', (message: ToWriter) => {
  switch (message.type) {
    case 'records':
      storeBatch(message.batch, JSON.parse(message.text) as ExchangeRecord[])
      return
    case 'revision':
      writeRevision(db, message.revision, message.source, message.acceptedAt)
      return
    case 'close':
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
      say({ type: 'closed' })
      port.close()
  }
})
say({ type: 'ready' })

/** One transaction a batch; when a record is at fault, the others are stored without it. */
function storeBatch(batch: number, records: readonly ExchangeRecord[]): void {
  try {
    storeAll(records)
    say({ type: 'stored', batch, refused: 0 })
  } catch (error) {
    if (isPassing(error)) {
      postpone(batch, error)
      return
    }
    let refused = 0
    for (const record of records) {
      try {
        storeOne(record)
      } catch (single) {
        if (isPassing(single)) {
          postpone(batch, single)
          return
        }
        refused += 1
      }
    }
    say({ type: 'stored', batch, refused })
  }
}

function isPassing(error: unknown): boolean {
  return PASSING.test((error as { code?: string }).code ?? '')
}

function postpone(batch: number, error: unknown): void {
  say({ type: 'postponed', batch, message: `the store cannot be written to: ${(error as Error).message}` })
}
