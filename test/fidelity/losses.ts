import type { Meaning } from './meaning.ts'
import type { Format } from './recorded.ts'
import type { ClientDialect } from './sdks.ts'

/** Which cell of the matrix. */
export interface Cell {
  client: ClientDialect
  format: Format
  stream: boolean
}

/** Something that a client's format cannot say. */
export interface Loss {
  dialect: ClientDialect
  what: string
  why: string
  /** What is left of a meaning: nothing but this may differ from what the provider said. */
  apply(meaning: Meaning, cell: Cell): Meaning
}

export const LOSSES: readonly Loss[] = []
