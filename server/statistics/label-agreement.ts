import {
  type BestThreshold,
  bestThreshold,
  nominalAgreement,
  type RaterAgreement,
  type RatingPair,
} from '../core/agreement.ts'
import type { Criterion, Labels } from '../core/annotation.ts'

/** What people said of one reply, and what evaluators said of it. */
export interface LabelledReply {
  labels: readonly { actor: string; labels: Labels }[]
  scores: readonly { evaluator: string; score: number; passed: boolean }[]
}

/** Two people over the replies that both have labelled. */
export interface LabellerAgreement extends RaterAgreement {
  one: string
  other: string
}

/** An evaluator's word, passed or not, over the replies that people have labelled. */
export interface JudgeAgreement extends RaterAgreement {
  evaluator: string
  /** Where its threshold would agree best with people. */
  best: BestThreshold | null
}

export interface CriterionAgreement {
  criterion: string
  /** Replies with a label, and those with labels of two people or more. */
  labelled: number
  shared: number
  /** Share of all pairs of labels of the same reply that are the same; `null` without any. */
  same: number | null
  /** Mean of the kappas of all pairs of people for whom it is defined, weighted by the replies that they share. */
  kappa: number | null
  /** Those who share most replies first. */
  people: readonly LabellerAgreement[]
  /** Those with most replies first. */
  judges: readonly JudgeAgreement[]
}

/** Pairs of people that are told apart. */
const MOST_PEOPLE = 50

/**
 * How far people agree with each other, criterion by criterion, and evaluators with them. What most people of a reply say
 * is what evaluators are held against; where as many say the one as the other, nothing is.
 */
export function labelAgreement(
  criteria: readonly Criterion[],
  replies: readonly LabelledReply[],
): CriterionAgreement[] {
  return criteria.map((criterion) => {
    const said = replies.flatMap(({ labels, scores }) => {
      const own = labels.flatMap(({ actor, labels: given }) => {
        const label = given[criterion.name]
        return label === undefined ? [] : [{ actor, label }]
      })
      return own.length === 0 ? [] : [{ labels: own, scores }]
    })
    const people = peopleOf(said)
    const pairs = people.reduce((sum, each) => sum + each.pairs, 0)
    return {
      criterion: criterion.name,
      labelled: said.length,
      shared: said.filter(({ labels }) => labels.length > 1).length,
      same: pairs === 0 ? null : people.reduce((sum, each) => sum + each.same * each.pairs, 0) / pairs,
      kappa: meanKappa(people),
      people: people.slice(0, MOST_PEOPLE),
      judges: judgesOf(said, new Set(criterion.good)),
    }
  })
}

/** A reply with the labels of one criterion. */
interface Said extends Pick<LabelledReply, 'scores'> {
  labels: readonly { actor: string; label: string }[]
}

function peopleOf(said: readonly Said[]): LabellerAgreement[] {
  const found = new Map<string, { one: string; other: string; pairs: RatingPair<string>[] }>()
  for (const { labels } of said) {
    const sorted = labels.toSorted((one, other) => (one.actor < other.actor ? -1 : 1))
    for (const [at, one] of sorted.entries())
      for (const other of sorted.slice(at + 1)) {
        const key = JSON.stringify([one.actor, other.actor])
        const known = found.get(key) ?? { one: one.actor, other: other.actor, pairs: [] }
        known.pairs.push([one.label, other.label])
        found.set(key, known)
      }
  }
  return [...found.values()]
    .map(({ one, other, pairs }) => ({ one, other, ...nominalAgreement(pairs) }))
    .sort((first, second) => second.pairs - first.pairs)
}

function meanKappa(people: readonly LabellerAgreement[]): number | null {
  const known = people.filter(({ kappa }) => kappa !== null)
  const pairs = known.reduce((sum, each) => sum + each.pairs, 0)
  return pairs === 0 ? null : known.reduce((sum, each) => sum + each.kappa! * each.pairs, 0) / pairs
}

function judgesOf(said: readonly Said[], good: ReadonlySet<string>): JudgeAgreement[] {
  if (good.size === 0) return []
  const found = new Map<string, { score: number; passed: boolean; good: boolean }[]>()
  for (const { labels, scores } of said) {
    const balance = labels.reduce((sum, { label }) => sum + (good.has(label) ? 1 : -1), 0)
    if (balance === 0) continue
    for (const { evaluator, score, passed } of scores) {
      const known = found.get(evaluator) ?? []
      known.push({ score, passed, good: balance > 0 })
      found.set(evaluator, known)
    }
  }
  return [...found]
    .map(([evaluator, judged]) => ({
      evaluator,
      ...nominalAgreement(judged.map((each) => [each.passed, each.good])),
      best: bestThreshold(judged),
    }))
    .sort((one, other) => other.pairs - one.pairs)
}
