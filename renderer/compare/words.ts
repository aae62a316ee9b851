/** How comparisons are said. */
import type { ExperimentRow, PairRow } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
import type { Answer, ChangeKind, ChangeVerdict } from './shapes.ts'

export const answerWords: Record<Answer, string> = {
  'non-inferior': 'Non-inferior',
  worse: 'Worse',
  'not-enough-data': 'Not enough data',
}

/** The design token that an answer is written in. */
export const answerTones: Record<Answer, string> = {
  'non-inferior': 'ok',
  worse: 'error',
  'not-enough-data': 'ink-3',
}

export const changeAnswerWords: Record<ChangeVerdict['answer'], string> = {
  'no-more': 'No more',
  more: 'More',
  'not-enough-data': 'Not enough data',
}

export const changeAnswerTones: Record<ChangeVerdict['answer'], string> = {
  'no-more': 'ok',
  more: 'fallback',
  'not-enough-data': 'ink-3',
}

export const changeKinds: readonly ChangeKind[] = ['identical', 'format-only', 'substantive', 'failure']

export const changeTones: Record<ChangeKind, string> = {
  identical: 'ink-3',
  'format-only': 'running',
  substantive: 'fallback',
  failure: 'error',
}

export const changeTitles: Record<ChangeKind, string> = {
  identical: 'The replies are the same, letter by letter',
  'format-only': 'They say the same and look different: white space, markup, order of keys',
  substantive: 'They say different things, or call different tools',
  failure: 'One side has no reply',
}

/** What is left when everything is put aside that makes no difference to a reader. */
export const differentKinds: readonly ChangeKind[] = ['substantive', 'failure']

export const skipWords: Record<NonNullable<PairRow['skipped']>, string> = {
  busy: 'the candidate was busy',
  too_large: 'the request was too large to be copied',
  budget: 'the day’s budget for copies was spent',
  not_idle: 'the gateway was not idle in time',
  queue_full: 'too many copies were waiting',
  stopped: 'the gateway was stopped',
  baseline_failed: 'the baseline failed itself',
  baseline_cached: 'the baseline’s reply came from the cache',
  no_baseline: 'there was no baseline to compare with',
  lost: 'it was cut short, and is not called again',
}

/** `about 400 more pairs`. */
export function morePairsWords(morePairs: number): string {
  return `about ${formatCount(morePairs)} more pair${morePairs === 1 ? '' : 's'}`
}

/** `tenant` of `tenant=acme`, and `acme`. */
export function cohortParts(cohort: string): { key: string; value: string } {
  const at = cohort.indexOf('=')
  return { key: cohort.slice(0, at), value: cohort.slice(at + 1) }
}

/** What a request without the key is called. */
export function cohortValue(value: string): string {
  return value === '-' ? 'none' : value
}

const HOUR = 3_600_000
const FEWEST_PAIRS = 20

/** Milliseconds that so many more pairs take at the pace so far; `null` where there is no pace to speak of. */
export function timeForPairs(
  experiment: Pick<ExperimentRow, 'started_at' | 'ended_at' | 'pairs'>,
  morePairs: number,
  now: number,
): number | null {
  const { started_at, ended_at, pairs } = experiment
  const age = now - Date.parse(started_at)
  if (ended_at !== null || pairs < FEWEST_PAIRS || age <= 0) return null
  return (age / pairs) * morePairs
}

/** A long time, coarsely: `20 minutes`, `3 hours`, `5 days`. */
export function roughTime(milliseconds: number): string {
  const said = (value: number, unit: string) => `${formatCount(value)} ${unit}${value === 1 ? '' : 's'}`
  if (milliseconds < HOUR) return said(Math.max(1, Math.round(milliseconds / 60_000)), 'minute')
  if (milliseconds < 36 * HOUR) return said(Math.round(milliseconds / HOUR), 'hour')
  return said(Math.round(milliseconds / (24 * HOUR)), 'day')
}

/** What people said in all, with what this person has just said in place of what they said before. */
export function countedVotes({ votes, own_vote }: Pick<PairRow, 'votes' | 'own_vote'>, said: PairRow['own_vote']) {
  const counts = { ...votes }
  if (own_vote !== null) counts[own_vote] -= 1
  if (said !== null) counts[said] += 1
  return counts
}

/** Two replies can be held against each other as long as both are there. */
export function canVote({ texts }: PairRow): boolean {
  return texts !== null && texts.baseline !== null && texts.candidate !== null
}
