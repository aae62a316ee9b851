import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Span {
  start: number
  end: number
  type: string
}

export interface Annotated {
  text: string
  spans: Span[]
}

export interface RecognizerCase {
  text: string
  expected_len: number | null
  positions: unknown
  source: string
}

export interface LabelledText {
  text: string
  label: 0 | 1
  source: string
}

const FOLDER = join(import.meta.dirname, '../../../shared/data/pii')

/** Rows of a file of the shared data, or `null` where it is not here. */
export function readRows<T>(name: string): T[] | null {
  const path = join(FOLDER, name)
  if (!existsSync(path)) return null
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T)
}

/** The half that was looked at while the rules were written, and the one that was only counted. */
export const HALVES = ['seen', 'held out'] as const
type Half = (typeof HALVES)[number]

export function halfOf(text: string): Half {
  return HALVES[createHash('sha256').update(text).digest()[0]! & 1]!
}
