import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Why what needs the data is skipped; `null` where the data is there. */
export const MISSING_DATA = existsSync(`${FOLDER}eval`) ? null : 'skipped: the data folder ../shared/data is not here'

/** A reply with the context that it should rest on. */
export interface Answer {
  context: string
  answer: string
  /** 1: it rests on the context. */
  label: number
}

/** The sets of labelled dialogue replies, by source: BEGIN (dev) on three corpora, and the audit of FaithDial. */
export const SOURCES = ['begin_begin_dev_wow', 'faithdial_audit', 'begin_begin_dev_cmu', 'begin_begin_dev_tc'] as const
export type Source = (typeof SOURCES)[number]

export function readAnswers(source: Source): Answer[] {
  return readLines<Answer>(`eval/ground_${source}.jsonl`)
}

/** The texts of a set of `guard/`, in order. */
export function readTexts(name: string): string[] {
  return readLines<{ text: string }>(`guard/${name}.jsonl`).map(({ text }) => text)
}

function readLines<T>(file: string): T[] {
  return readFileSync(FOLDER + file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

/** Pages of technical documentation, in Markdown. */
export function readDocuments(): string[] {
  return readLines<{ text: string; source: string }>('guard/docs_train.jsonl')
    .filter(({ source }) => source.endsWith('.md'))
    .map(({ text }) => text.replace(/^```[\s\S]*?^```/gm, ''))
}
