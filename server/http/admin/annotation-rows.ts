import type { Criterion } from '../../core/annotation.ts'
import { readRequestView } from '../../evaluators/request-view.ts'
import type { CriterionAgreement } from '../../statistics/label-agreement.ts'
import type { AnnotationDetail, ListedAnnotation } from '../../stores/experiments/annotations.ts'
import type { AnnotationAgreement, AnnotationItem, AnnotationRow } from './annotation-schemas.ts'
import { moment, toVerdictRow } from './guardrail-rows.ts'

const CACHE: Criterion = {
  name: 'cache',
  labels: ['right', 'wrong'],
  good: ['right'],
  description: 'Does the kept answer fit this question? A wrong one is forgotten.',
}
const FOUND: Criterion = {
  name: 'guardrail',
  labels: ['right', 'false-positive'],
  good: ['right'],
  description: 'Was there something to be found?',
}
const PASSED: Criterion = { ...FOUND, labels: ['benign', 'missed'], good: ['benign'] }

/** What is asked of an item: the rubric, and what applies to it alone. */
export function criteriaOf(rubric: readonly Criterion[], { item, verdicts, lookUp }: AnnotationDetail): Criterion[] {
  const disputed = verdicts.find(({ id }) => id === item.verdict)
  return [
    ...rubric,
    ...(disputed ? [disputed.verdict === 'pass' ? PASSED : FOUND] : []),
    ...(lookUp === null ? [] : [CACHE]),
  ]
}

/** All that may be asked. Nobody but people can say what the last two ask. */
export function allCriteria(rubric: readonly Criterion[]): Criterion[] {
  return [...rubric, { ...FOUND, labels: [...PASSED.labels, ...FOUND.labels], good: [] }, { ...CACHE, good: [] }]
}

export function toAnnotationRow({ verdict: _, at, ...row }: ListedAnnotation): AnnotationRow {
  return { ...row, at: moment(at) }
}

/** `as`: who looks; labels of others are shown to those who have labelled it themselves. */
export function toAnnotationItem(
  detail: AnnotationDetail,
  rubric: readonly Criterion[],
  as: string | null,
): AnnotationItem {
  const { item, request, content, scores, verdicts, feedback, lookUp, labels } = detail
  const { verdict: disputed, at, ...same } = item
  const hasLabelled = labels.some(({ actor }) => actor === as)
  return {
    ...same,
    at: moment(at),
    request: request && {
      ts: moment(request.ts),
      provider: request.provider,
      model: request.model,
      status: request.status,
      error: request.error,
      user: request.user,
      session: request.session,
    },
    criteria: criteriaOf(rubric, detail).map(({ name, labels: all, description }) => ({
      ...{ name, description },
      labels: [...all],
      required: rubric.some((criterion) => criterion.name === name),
    })),
    texts: content && { request: content.request && readRequestView(content.request), reply: content.reply },
    scores: scores.map(({ evaluator, score, passed, gates, reason, spans }) => ({
      ...{ evaluator, score, reason },
      passed: passed === 1,
      gates: gates === 1,
      spans: spans === null ? [] : placedSpans(content?.reply?.text, JSON.parse(spans) as [number, number][]),
    })),
    verdicts: verdicts.map((row) => toVerdictRow(row, 'admin')),
    disputed,
    look_up: lookUp && {
      id: lookUp.id,
      question: lookUp.question,
      cached_question: lookUp.cached_question,
      similarity: lookUp.similarity,
    },
    feedback: feedback.map(({ id, at: told, value, comment, user }) => ({
      ...{ id, value, comment, user },
      at: moment(told),
    })),
    labels: labels
      .filter(() => hasLabelled)
      .map(({ actor, at: said, labels: given, comment }) => ({
        by: actor,
        at: moment(said),
        labels: { ...given },
        comment,
      })),
    hidden_labels: hasLabelled ? 0 : labels.length,
  }
}

/** What stands in the place of personal data and secrets, and of what guardrails took out of the reply. */
const TAKEN_OUT = /\[(?:[A-Z][A-Z0-9_]{0,48}|redacted|removed by [^\]]{1,64})\]|<(?:REPLY_[A-Z]|[A-Z][A-Z0-9_]{0,48}:)/

/**
 * Places were found in the reply as it went out. In the text that is kept they are where they were up to the first thing
 * that was taken out of it; those behind it are not known any more.
 */
export function placedSpans(text: string | undefined, spans: readonly [number, number][]): [number, number][] {
  if (text === undefined) return []
  const moved = TAKEN_OUT.exec(text)?.index ?? text.length
  return spans.filter(([, end]) => end <= moved)
}

export function toAgreement(
  criteria: readonly Criterion[],
  agreements: readonly CriterionAgreement[],
): AnnotationAgreement {
  return {
    criteria: agreements.map(({ people, judges, ...said }, index) => ({
      ...said,
      labels: [...criteria[index]!.labels],
      good: [...criteria[index]!.good],
      people: people.map(({ one, other, counts, ...rest }) => ({
        ...{ one, other },
        ...agreedOf(rest),
        confusion: counts.map((each) => ({ one: String(each.one), other: String(each.other), count: each.count })),
      })),
      judges: judges.map(({ evaluator, best, counts, ...rest }) => ({
        ...{ evaluator, best },
        ...agreedOf(rest),
        confusion: counts.map((each) => ({ passed: each.one === true, good: each.other === true, count: each.count })),
      })),
    })),
  }
}

function agreedOf({
  pairs,
  same,
  kappa,
  interval,
}: Pick<CriterionAgreement['people'][number], 'pairs' | 'same' | 'kappa' | 'interval'>) {
  return { items: pairs, same, kappa, interval: interval && [...interval] }
}
