import { secrets } from '../../server/guardrails/secrets/index.ts'
import { matchesOf } from '../guardrails/pii/support.ts'
import { percent, table } from './markdown.ts'
import { costOf } from './pii-cost.ts'
import { HALVES, halfOf, type LabelledText, readRows } from './pii-data.ts'

export interface SecretsResults {
  halves: Record<string, { found: number; secrets: number; wrong: number; others: number }>
  cost: { p50: number; p99: number }
  /** Texts without a secret of any kind. */
  benign: { wrong: number; texts: number }
}

/** Measures the secrets guardrail on the cases of gitleaks. `null` where the data is not here. */
export async function evaluateSecrets(): Promise<{ markdown: string; results: SecretsResults } | null> {
  const rows = readRows<LabelledText>('secrets_gitleaks.jsonl')
  const prose = readRows<{ text: string }>('presidio_generated_large.jsonl')
  if (rows === null || prose === null) return null
  const guardrail = secrets.create({})
  const finds = (text: string) => matchesOf(guardrail, text).length > 0
  const results: SecretsResults = {
    halves: {},
    cost: costOf(
      guardrail,
      [...rows, ...prose].map(({ text }) => text),
    ),
    benign: { wrong: prose.filter(({ text }) => finds(text)).length, texts: prose.length },
  }
  for (const half of HALVES) {
    const part = rows.filter(({ text }) => halfOf(text) === half)
    const [there, none] = [part.filter(({ label }) => label === 1), part.filter(({ label }) => label === 0)]
    results.halves[half] = {
      found: there.filter(({ text }) => finds(text)).length,
      secrets: there.length,
      wrong: none.filter(({ text }) => finds(text)).length,
      others: none.length,
    }
  }
  const markdown = [
    '## Secrets',
    'Cases of gitleaks’ rules. Two of its negatives are keys in the form of a rule, and negative for another one only; two of its positives are pieces of test data without a secret in them.',
    table(
      ['half', 'recall', 'false positives'],
      Object.entries(results.halves).map(([half, { found, secrets: all, wrong, others }]) => [
        half,
        `${percent(found / all)} (${found} / ${all})`,
        `${percent(wrong / others)} (${wrong} / ${others})`,
      ]),
    ),
    `On ${results.benign.texts} sentences without secrets: ${results.benign.wrong} found. ${results.cost.p50.toFixed(3)} ms/KB (p50), ${results.cost.p99.toFixed(3)} (p99).`,
  ].join('\n\n')
  return { markdown, results }
}
