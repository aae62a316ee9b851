import type { GuardMatch } from '../../core/guardrail.ts'
import { type Category, explain } from './explain.ts'
import { RULE_SCORE, ruleHits } from './rules.ts'
import { merged, POINTED_FROM, scoreText } from './score.ts'
import type { View } from './view.ts'
import { viewsOf } from './views.ts'
import { HEADS, type HeadName } from './weights.ts'

/** What one head says of a text. */
export interface HeadScore {
  /** 0..1; the shipped threshold is `SHIPPED_THRESHOLD`. */
  score: number
  category: Category | null
  /** Where it is worst, in the text as given. Empty below `POINTED_FROM`. */
  matches: GuardMatch[]
  /** What had to be undone to see it; `null`: nothing. */
  view: string | null
  /** What its words are about. */
  family: string | null
}

/** Of both heads: scores are calibrated so. */
export const SHIPPED_THRESHOLD = 0.5

/** Longer texts are read in blocks that overlap, so that memory stays small and one place weighs the same in any text. */
const BLOCK = 8192
/** Rules are looked for in what a head finds a little suspicious at least; the forms that they know always are. */
const RULES_FROM = 0.05
const OVERLAP = 512

interface Finding {
  score: number
  view: string | null
  spans: { start: number; end: number }[]
  /** The piece as read, for the explanation. */
  read: string
}

/**
 * Scores a text as something that a user typed (`direct`) and as something that came from a third party (`indirect`),
 * as it is and as it reads with disguises undone. Synchronous; linear in the text's length.
 */
export function classify(text: string): { direct: HeadScore; indirect: HeadScore } {
  const [direct, indirect] = assess(text, HEADS)
  return { direct: direct!, indirect: indirect! }
}

/** Only as something that a user typed, in less time. */
export function classifyTyped(text: string): HeadScore {
  return assess(text, TYPED)[0]!
}

const TYPED: readonly HeadName[] = ['direct']

/** By the heads that are asked for, in that order. */
function assess(text: string, asked: readonly HeadName[]): HeadScore[] {
  const best = asked.map(nothing)
  const asIs: View = { name: '', text, original: (start, end) => ({ start, end }) }
  for (let from = 0; from === 0 || from + OVERLAP < text.length; from += BLOCK - OVERLAP) {
    const block = text.length <= BLOCK ? text : text.slice(from, from + BLOCK)
    look({ ...asIs, text: block }, null, from, asked, best)
    for (const view of viewsOf(block)) for (const piece of blocksOf(view)) look(piece, view.name, from, asked, best)
  }
  return best.map((finding, index) => headScore(finding, asked[index]!))
}

function nothing(): Finding {
  return { score: 0, view: null, spans: [], read: '' }
}

/** A view may be longer than what it was made of. */
function blocksOf(view: View): View[] {
  if (view.text.length <= 2 * BLOCK) return [view]
  const blocks: View[] = []
  for (let from = 0; from < view.text.length; from += BLOCK)
    blocks.push({
      name: view.name,
      text: view.text.slice(from, from + BLOCK),
      original: (start, end) => view.original(from + start, from + end),
    })
  return blocks
}

/** Keeps what is worse than what was found before. */
function look(view: View, name: string | null, offset: number, asked: readonly HeadName[], best: Finding[]): void {
  scoreText(view.text, asked).forEach((scored, index) => {
    const hits = scored.score < RULES_FROM ? [] : ruleHits(view.text, asked[index]!)
    const score = hits.length > 0 ? Math.max(RULE_SCORE, scored.score) : scored.score
    if (score <= best[index]!.score) return
    const spans = merged([...hits, ...scored.spans])
    best[index] = {
      score,
      view: name,
      read: spans.map(({ start, end }) => view.text.slice(start, end)).join('\n'),
      spans: spans.map(({ start, end }) => {
        const original = view.original(start, end)
        return { start: original.start + offset, end: original.end + offset }
      }),
    }
  })
}

function headScore({ score, view, spans, read }: Finding, head: HeadName): HeadScore {
  if (score < POINTED_FROM) return { score, category: null, matches: [], view: null, family: null }
  const { family, category: likeliest } = explain(read)
  const category = head === 'indirect' ? 'indirect' : likeliest
  return { score, category, matches: merged(spans).map((span) => ({ ...span, category, score })), view, family }
}
