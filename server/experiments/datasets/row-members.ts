import { parseJson } from '../../core/json-schema.ts'
import { RowProblem } from './row-problem.ts'

/** A row of JSONL, or of CSV with a text for each column. */
export type Row = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands in a row; a text that is JSON of a list or an object as that. `null`: nothing, or an empty text. */
export function valueIn(row: Row, name: string): unknown {
  const value = Object.hasOwn(row, name) ? row[name] : null
  if (typeof value !== 'string') return value ?? null
  const text = value.trim()
  if (text === '') return null
  return text.startsWith('{') || text.startsWith('[') ? (parseJson(text)?.value ?? value) : value
}

/** A text, or a number or a truth value as text; `null`: nothing, or an empty text. */
export function textIn(row: Row, name: string): string | null {
  const value = Object.hasOwn(row, name) ? row[name] : null
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'object') throw new RowProblem(`\`${name}\` must be a text`)
  return String(value)
}
