import type { DatasetItem } from '../../core/dataset.ts'
import { breather } from './breather.ts'
import type { DraftCleaner } from './clean-draft.ts'
import type { Placed } from './csv.ts'
import { finishItem } from './item.ts'
import { problemOf, readRow } from './row.ts'
import type { Row } from './row-members.ts'

/** The items of rows, redacted. Throws what `refuse` makes of a bad row. */
export async function* itemsOfRows(
  rows: AsyncIterable<Placed<Row>> | Iterable<Placed<Row>>,
  cleaner: DraftCleaner,
  testShare: number,
  refuse: (line: number, message: string) => Error,
): AsyncGenerator<DatasetItem> {
  const breathe = breather()
  for await (const { line, value } of rows) {
    const draft = await cleaner.clean(readOrRefuse(value, (message) => refuse(line, message)))
    if (draft === null) throw refuse(line, 'it is too large: an item holds 256 KiB at most, and each text 64 KiB')
    yield finishItem(draft, testShare)
    await breathe()
  }
}

function readOrRefuse(row: Row, refuse: (message: string) => Error) {
  try {
    return readRow(row)
  } catch (error) {
    throw refuse(problemOf(error))
  }
}
