import type { ExchangeRecord } from '../../server/core/record.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { writeRecords } from '../stores/verdict-samples.ts'
import type { TestGateway } from '../support/gateway.ts'

/** Writes what traffic of days would have left into the store of a gateway that runs. */
export function seedRecords(gateway: TestGateway, records: readonly ExchangeRecord[]): void {
  const db = openForWriting(gateway.home.store)
  try {
    writeRecords(db, records)
  } finally {
    db.close()
  }
}
