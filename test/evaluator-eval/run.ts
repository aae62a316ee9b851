import { MISSING_DATA } from './data.ts'
import { GROUNDEDNESS_FLOORS, RELEVANCY_FLOORS } from './floors.ts'
import { type CaseRow, measureCases, measureGroundedness } from './groundedness.ts'
import type { Measured } from './measures.ts'
import { failedEvasions, measureRelevancy } from './relevancy.ts'
import { hardSets, ownQuestions, randomSets } from './relevancy-sets.ts'
import { groundednessTraining, heldOutAuc, relevancyTraining, type Training } from './training.ts'

/**
 * `npm run eval:evaluators`: how well groundedness and answer-relevancy tell right replies from wrong ones, as tables in
 * Markdown. Reads `../shared/data`. Ends with code 1 where a floor is missed.
 */
function main(): void {
  if (MISSING_DATA !== null) {
    console.log(MISSING_DATA)
    return
  }
  const missed = [...reportGroundedness(), ...reportRelevancy()]
  console.log(missed.length === 0 ? '\nAll floors hold.' : `\nMissed: ${missed.join('; ')}`)
  if (missed.length > 0) process.exitCode = 1
}

function reportGroundedness(): string[] {
  const measured = measureGroundedness()
  const { table, missed } = measuredTable(measured, GROUNDEDNESS_FLOORS, groundednessTraining())
  console.log(`## Groundedness\n\nDialogues labelled by people; right is what rests on the context.\n\n${table}`)
  console.log(`\nWith \`chatter: count\`: ${measureGroundedness({ chatter: 'count' }).map(aucText).join(', ')}.`)
  for (const { name, rows } of measureCases()) console.log(`\n### ${name}\n\n${caseTable(rows)}`)
  return missed
}

function reportRelevancy(): string[] {
  const sets = randomSets()
  const { table, missed } = measuredTable(sets.map(measureRelevancy), RELEVANCY_FLOORS, relevancyTraining())
  const notes = (of: typeof sets) => of.map(({ name, note }) => `- ${name}: ${note}.`).join('\n')
  console.log(
    `\n## Answer relevancy\n\nThe reply to the question against replies to others, drawn at random.\n\n${table}\n\n${notes(sets)}`,
  )
  const hard = hardSets()
  console.log(
    `\nHarder ones, without floors:\n\n${measuredTable(hard.map(measureRelevancy), {}, null).table}\n\n${notes(hard)}`,
  )
  console.log(`\nOf evasions ${percent(failedEvasions(ownQuestions()))} fail.`)
  return missed
}

function measuredTable(
  measured: readonly Measured[],
  floors: Readonly<Record<string, number>>,
  training: Training | null,
): { table: string; missed: string[] } {
  const missed: string[] = []
  const rows = measured.map((each) => {
    const set = training?.sets.find(({ name }) => name === each.name)
    const heldOut = training && set ? heldOutAuc(training, set) : null
    const floor = floors[each.name]
    const holds = floor === undefined || (each.auc >= floor && (heldOut === null || heldOut >= floor))
    if (!holds) missed.push(`${each.name} (${floor})`)
    return [
      each.name,
      each.replies,
      each.auc.toFixed(3),
      heldOut?.toFixed(3) ?? '',
      floor === undefined ? '' : `${floor} ${holds ? 'holds' : 'MISSED'}`,
      percent(each.precision),
      percent(each.recall),
      percent(each.f1),
      percent(each.balanced),
      each.msPerThousand.toFixed(2),
    ]
  })
  const head =
    'set|replies|AUC|AUC, trained without its source|floor|precision|recall|F1|balanced|ms per 1,000 characters'
  return { table: tableOf(head.split('|'), rows), missed }
}

function caseTable(rows: readonly CaseRow[]): string {
  const head = ['kind', 'replies', 'fail', 'span in the sentence', 'at what is wrong', 'and nowhere else']
  const share = (value: number | null) => (value === null ? '' : percent(value))
  return tableOf(
    head,
    rows.map(({ kind, replies, failed, inSentence, atPart, nowhereElse }) => {
      return [kind, replies, percent(failed), share(inSentence), share(atPart), share(nowhereElse)]
    }),
  )
}

function tableOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

function aucText({ name, auc }: Measured): string {
  return `${name} ${auc.toFixed(3)}`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

main()
