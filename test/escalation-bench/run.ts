import { MISSING_DATA } from '../evaluator-eval/data.ts'
import { CHEAP, FRONTIER } from './models.ts'
import { type Options, readOptions } from './options.ts'
import { readPassages } from './recordings.ts'
import { comparison, conclusion, thresholdTable } from './report.ts'
import { type Round, runRound } from './round.ts'
import { summarise } from './summary.ts'

const THRESHOLDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9]

/**
 * `npm run bench:escalation`: what escalation by groundedness saves and what it loses, on recorded replies that people
 * have labelled, through a real gateway. Tables go to standard output, progress to standard error. Nothing is asserted;
 * the exit code is 0 unless something broke.
 */
async function main({ rounds, requests, shares }: Options): Promise<void> {
  const passages = readPassages()
  const done: Round[] = []
  for (let seed = 1; seed <= rounds; seed += 1) {
    process.stderr.write(`round ${seed} of ${rounds}\n`)
    done.push(await runRound(passages, { shares, requests, seed, thresholds: THRESHOLDS }))
  }
  const summaries = summarise(done)
  const chosen = done.map(({ threshold }) => threshold ?? 'none').join(', ')
  const [cheap, frontier] = [shares.cheap, shares.frontier].map((share) => `${(share * 100).toFixed(0)} %`)
  console.log(
    [
      'Escalation by groundedness, on replies of dialogue models that people labelled for the context they were given.',
      `${CHEAP} and ${FRONTIER} are names and prices only. Of the replies that were recorded for a context, the one gives`,
      `a grounded one in ${cheap}, the other in ${frontier} of all cases, independently of each other; the weights of the evaluator`,
      'were trained on the same sets (`npm run eval:evaluators` says what it makes of sets that it has not seen). Costs are',
      "those of the gateway's records, with four characters a token; own ms is its own time, judging included, the median",
      'over rounds of their medians. All else is of all rounds together. Intervals resample contexts.\n',
      comparison(summaries),
      `\nThresholds chosen, by round: ${chosen}. What each comes to, computed from the scores of the reported requests:\n`,
      thresholdTable(done, THRESHOLDS),
      `\n${conclusion(summaries, done)}`,
    ].join('\n'),
  )
}

const options = readOptions(process.argv.slice(2))
if (options === null) process.exit(2)
if (MISSING_DATA === null) await main(options)
else console.log(MISSING_DATA)
process.exit(0)
