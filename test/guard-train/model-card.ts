import { readFileSync, writeFileSync } from 'node:fs'
import { withBlock } from '../support/marked-block.ts'
import type { Evaluation, SourceResult } from './evaluation.ts'

/** Puts the measured rates between the card's markers and returns them. Throws where the card has no markers. */
export function writeCard(folder: string, evaluation: Evaluation): string {
  const file = `${folder}MODEL_CARD.md`
  const tables = tablesOf(evaluation)
  const card = withBlock(readFileSync(file, 'utf8'), 'measured', tables)
  if (card === null) throw new Error(`${file} has no <!-- measured --> … <!-- /measured -->`)
  writeFileSync(file, card)
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
