import type { GuardMatch, Guardrail } from '../../server/core/guardrail.ts'
import { PII_TYPES, pii } from '../../server/guardrails/pii/index.ts'
import { matchesOf } from '../guardrails/pii/support.ts'
import { percent, table } from './markdown.ts'
import { costOf } from './pii-cost.ts'
import { type Annotated, HALVES, halfOf, type RecognizerCase, readRows } from './pii-data.ts'
import { agreements } from './pii-recognizers.ts'
import { exact, score, Tally, TYPE_OF } from './pii-score.ts'

export interface PiiResults {
  halves: Record<string, { structured: Tally; all: Tally; exact: Tally; types: Record<string, Tally> }>
  cost: Record<string, { p50: number; p99: number }>
}

/** Measures the pii guardrail on Presidio's data: a page for people, and figures. `null` where the data is not here. */
export async function evaluatePii(): Promise<{ markdown: string; results: PiiResults } | null> {
  const rows = readRows<Annotated>('presidio_generated_large.jsonl')
  const cases = readRows<RecognizerCase>('presidio_recognizer_tests.jsonl')
  if (rows === null || cases === null) return null
  const everything = pii.create({ types: 'all' })
  const standard = pii.create({})
  const measured = new Set(Object.values(TYPE_OF))
  const structured = new Set(PII_TYPES.filter((type) => type.structured).map(({ id }) => id))
  const formats = PII_TYPES.filter((type) => type.structured).map(({ id }) => id)
  const byFormat = finder(pii.create({ types: formats }))
  const results: PiiResults = { halves: {}, cost: {} }
  const parts = [
    '## Personal data',
    'Presidio’s generated sentences. A span counts as found where at least half of it is covered by matches of its type; streets and places are one type.',
  ]
  for (const half of HALVES) {
    const part = rows.filter(({ text }) => halfOf(text) === half)
    const plain = score(part, byFormat, new Set([...measured].filter((type) => structured.has(type))))
    const named = score(part, finder(everything), measured)
    const types = Object.fromEntries(
      [...measured].map((type) => [type, (structured.has(type) ? plain : named).get(type)!]),
    )
    const sum = (tallies: Iterable<Tally>) => [...tallies].reduce((total, each) => total.add(each), new Tally())
    const figures = {
      structured: sum(plain.values()),
      all: sum(named.values()),
      exact: exact(part, finder(everything), measured),
      types,
    }
    results.halves[half] = figures
    const line = (name: string, tally: Tally) => [
      name,
      tally.right + tally.missed,
      percent(tally.precision),
      percent(tally.recall),
      tally.f.toFixed(3),
    ]
    parts.push(
      `### ${half}: ${part.length} texts`,
      table(
        ['type', 'n', 'precision', 'recall', 'F'],
        [
          ...Object.entries(types).map(([type, tally]) => line(type, tally)),
          line('**structured**', figures.structured),
          line('**all types**', figures.all),
          line('all types, exact spans', figures.exact),
        ],
      ),
    )
  }
  const { supported, unsupported } = agreements(cases, finder(pii.create({ types: 'all' })))
  parts.push(
    '### Presidio’s recogniser tests',
    'Where it is “found”, Presidio also counts bare digits without a word beside them, with a low score; we want the word where check digits pass by chance.',
    table(
      ['recogniser', 'type', 'found', 'silent'],
      supported.map(({ recognizer, type, there, found, empty, silent }) => [
        recognizer,
        type,
        `${found} / ${there}`,
        `${silent} / ${empty}`,
      ]),
    ),
    `No type of ours: ${unsupported.join(', ')}.`,
  )
  const texts = rows.map(({ text }) => text)
  results.cost = { standard: costOf(standard, texts), 'all types': costOf(everything, texts) }
  parts.push(
    table(
      ['types', 'ms/KB p50', 'p99'],
      Object.entries(results.cost).map(([name, { p50, p99 }]) => [name, p50.toFixed(3), p99.toFixed(3)]),
    ),
  )
  return { markdown: parts.join('\n\n'), results }
}

function finder(guardrail: Guardrail): (text: string) => readonly GuardMatch[] {
  return (text) => matchesOf(guardrail, text)
}
