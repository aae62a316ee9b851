import { HEADS } from '../../server/guardrails/injection/weights.ts'
import { table } from '../cache-eval/tables.ts'
import type { InjectionResults } from './injection.ts'
import { percent } from './markdown.ts'
import type { PiiResults } from './pii.ts'
import type { SecretsResults } from './secrets.ts'

/** Sources of attacks that others published. */
const PUBLIC: ReadonlySet<string> = new Set([
  ...['deepset_train', 'trustairlab_jailbreak', 'gptfuzz_templates', 'cyberseceval_pi', 'cyberseceval_pi_ml'],
  ...['jbb_artifacts', 'bipia_attack_train', 'bipia_injected_train'],
])
const INSTALLED = 'READMEs of installed packages'

/** What `npm run eval:guardrails` measured. */
interface Measured {
  injection: InjectionResults
  pii: PiiResults
  secrets: SecretsResults
}

/** The figures that are the same on every machine, for the README. */
export function qualityTables({ injection, pii, secrets }: Measured): string {
  return [
    '**Injection**, on sets that it was not trained on; flagged is recall of attacks, and false alarms of benign texts. The attacks and the hard benign texts were written for measuring, are few, and were looked at while building:',
    table(
      ['set', 'texts', 'flagged', 'AUC'],
      injection.sets
        // What is installed differs from machine to machine.
        .filter(({ trainedOn, name }) => !trainedOn && name !== INSTALLED)
        .map(({ name, attack, texts, flagged, auc }) => [
          `${attack ? 'attacks' : 'benign'}: ${name}`,
          texts,
          percent(flagged),
          auc === null ? '' : auc.toFixed(3),
        ]),
    ),
    `Of attacks that are caught as they are, ${percent(mean(injection.disguised.map(({ caught }) => caught)))} are caught in one of ${injection.disguised.length} disguises. The weights take ${Math.ceil(injection.weightBytes / 1000)} kB.`,
    '**Injection, each source judged by a head trained without it** and without its kind, before rules and decoding; the model card has all sources:',
    table(
      ['attacks', 'head', 'texts', 'flagged'],
      HEADS.flatMap((head) =>
        injection.leaveOneSourceOut[head].attacks
          .filter(({ source }) => PUBLIC.has(source))
          .map(({ source, texts, flagged }) => [source, head, texts, percent(flagged)]),
      ),
    ),
    '**Personal data**, Presidio’s generated sentences, one half of which was not looked at while building:',
    table(
      ['types', 'half', 'values', 'precision', 'recall', 'F'],
      Object.entries(pii.halves).flatMap(([half, { structured, all }]) =>
        (
          [
            ['structured', structured],
            ['all', all],
          ] as const
        ).map(([types, tally]) => [
          types,
          half,
          tally.right + tally.missed,
          percent(tally.precision),
          percent(tally.recall),
          tally.f.toFixed(3),
        ]),
      ),
    ),
    '**Secrets**, the cases of gitleaks’ rules, likewise:',
    table(
      ['half', 'recall', 'false alarms'],
      Object.entries(secrets.halves).map(([half, { found, secrets: all, wrong, others }]) => [
        half,
        `${found} of ${all}`,
        `${wrong} of ${others}`,
      ]),
    ),
    `On ${secrets.benign.texts} sentences without secrets: ${secrets.benign.wrong} false alarms.`,
  ].join('\n\n')
}

/** What the guardrails cost on this machine, for the README. */
export function costTable({ injection, pii, secrets }: Measured): string {
  const rows = [
    ['injection', injection.millisecondsPerKilobyte],
    ...Object.entries(pii.cost).map(([types, cost]) => [`pii, ${types}`, cost] as const),
    ['secrets', secrets.cost],
  ] as const
  return table(
    ['guardrail', 'ms/KB p50', 'p99'],
    rows.map(([name, { p50, p99 }]) => [name, p50.toFixed(3), p99.toFixed(3)]),
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
