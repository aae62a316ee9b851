import { readFileSync, writeFileSync } from 'node:fs'
import type { Evaluation, SourceResult } from './evaluation.ts'

const BEGIN = '<!-- measured -->'
const END = '<!-- /measured -->'

/** Puts the measured rates between the card's markers and returns them. Throws where the card has no markers. */
export function writeCard(folder: string, evaluation: Evaluation): string {
  const file = `${folder}MODEL_CARD.md`
  const card = readFileSync(file, 'utf8')
  const from = card.indexOf(BEGIN)
  const to = card.indexOf(END)
  if (from < 0 || to < from) throw new Error(`${file} has no ${BEGIN} … ${END}`)
  const tables = tablesOf(evaluation)
  writeFileSync(file, `${card.slice(0, from + BEGIN.length)}\n\n${tables}\n\n${card.slice(to)}`)
  return tables
}

/** The leave-one-source-out tables in Markdown. */
export function tablesOf({ leaveOneSourceOut }: Evaluation): string {
  return Object.entries(leaveOneSourceOut)
    .map(([head, { attacks, benign, auc }]) =>
      [
        `### ${head}: each source judged by a head trained without it`,
        '',
        `AUC over all sources: ${auc.toFixed(3)}`,
        '',
        '| source | texts | flagged |',
        '|---|---:|---:|',
        ...attacks.map((result) => row('attacks', result)),
        ...benign.map((result) => row('benign', result)),
      ].join('\n'),
    )
    .join('\n\n')
}

function row(kind: string, { source, texts, flagged }: SourceResult): string {
  return `| ${kind}: ${source} | ${texts} | ${(100 * flagged).toFixed(1)} % |`
}
