import type { Score } from '../../core/evaluation.ts'
import type { Span } from '../text/sentences.ts'
import type { Claim } from './claim.ts'
import type { ReplyRead } from './reply.ts'
import { signalsOf, supportOf } from './signals.ts'
import { WEIGHTS } from './weights.ts'

/** What claims nothing is not wrong, but rests on nothing either. */
const NOTHING_CLAIMED = 0.75
/** A sentence of which so much is missing is pointed at as a whole. */
const MOSTLY_MISSING = 0.6
const WRONG = [
  ['numbers', 'a number that is not in it'],
  ['names', 'a name that is not in it'],
  ['flips', 'the contrary of what it says'],
  ['swapped', 'a number that it says of something else'],
] as const

/** The verdict on a reply whose sentences were read. */
export function judge({ claims, chatter }: ReplyRead, threshold: number): Score {
  if (claims.length === 0) {
    const reason = chatter.includes('not-known')
      ? 'The reply says that it does not know, and claims nothing else.'
      : 'The reply claims nothing that the context could bear out.'
    return { score: NOTHING_CLAIMED, passed: true, reason }
  }
  const score = supportOf(signalsOf(claims), WEIGHTS)
  const passed = score >= threshold
  const alone = claims.map((claim) => ({ claim, support: supportOf(signalsOf([claim]), WEIGHTS) }))
  const weak = alone.filter(({ support }) => support < threshold).map(({ claim }) => claim)
  const weakest = alone.reduce((one, other) => (other.support < one.support ? other : one)).claim
  const pointed = weak.length === 0 && !passed ? [weakest] : weak
  const spans = inOrder(pointed.flatMap(placesOf))
  const reason = passed ? reasonToPass(claims.length, weak.length) : reasonToFail(claims.length, pointed)
  return { score, passed, reason, ...(spans.length > 0 && { spans }) }
}

/** What is wrong in a sentence; else what of it is missing; else all of it. */
function placesOf({ span, numbers, names, flips, swapped, missing, gap }: Claim): Span[] {
  const wrong = [...numbers, ...names, ...flips, ...swapped]
  if (missing >= MOSTLY_MISSING || (wrong.length === 0 && gap === null)) return [span]
  return wrong.length > 0 ? wrong : [gap!]
}

/** None lies in another. */
function inOrder(spans: readonly Span[]): [number, number][] {
  const sorted = [...spans].sort((one, other) => one.start - other.start || other.end - one.end)
  const found: [number, number][] = []
  for (const { start, end } of sorted) if (start >= (found.at(-1)?.[1] ?? 0)) found.push([start, end])
  return found
}

function reasonToPass(all: number, weak: number): string {
  if (weak > 0) return `The reply rests on the context as a whole, ${weak} of ${sentences(all)} hardly.`
  return all === 1
    ? 'What the reply claims rests on the context.'
    : `All ${all} sentences that claim something rest on the context.`
}

function reasonToFail(all: number, weak: readonly Claim[]): string {
  const kinds = WRONG.flatMap(([kind, text]) => (weak.some((claim) => claim[kind].length > 0) ? [text] : []))
  const why = kinds.length > 0 ? kinds.join(', ') : 'words that it does not have together'
  return `${weak.length} of ${sentences(all)} ${weak.length === 1 ? 'does' : 'do'} not rest on the context: ${why}.`
}

function sentences(count: number): string {
  return count === 1 ? '1 sentence' : `${count} sentences`
}
