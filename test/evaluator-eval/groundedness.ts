import type { Score } from '../../server/core/evaluation.ts'
import { groundedness } from '../../server/evaluators/groundedness.ts'
import { noServices, requestOf, subjectOf } from '../evaluators/subject.ts'
import type { Case } from './cases/case.ts'
import { HELD_OUT, TUNING, WRITTEN_LAST } from './cases/index.ts'
import { readAnswers, SOURCES } from './data.ts'
import { type Measured, measure } from './measures.ts'
import { type CaseReply, repliesOf } from './replies.ts'

/** What becomes of our own cases of one kind. */
export interface CaseRow {
  kind: string
  replies: number
  /** Share that fails. */
  failed: number
  /** Of what fails and should, the share with a span in the wrong sentence, at what is wrong, and in no other sentence. */
  inSentence: number | null
  atPart: number | null
  nowhereElse: number | null
}

type Options = Readonly<Record<string, unknown>>

/** The labelled dialogues by source, through the evaluator as it is used. */
export function measureGroundedness(options: Options = {}): Measured[] {
  return SOURCES.map((name) => {
    const answers = readAnswers(name)
    return measure(name, answers, ({ context, answer }) => {
      return { size: context.length + answer.length, score: scoreOf(context, answer, '', options)?.score ?? null }
    })
  })
}

/** Our own cases: those that weights were trained on, and those that none has seen, by kind and by language. */
export function measureCases(): { name: string; rows: CaseRow[] }[] {
  const languages = [...new Set(HELD_OUT.map(({ language }) => language))]
  return [
    { name: 'our own cases, trained on', rows: caseRows(TUNING) },
    { name: 'our own cases, held out', rows: caseRows(HELD_OUT) },
    { name: 'our own cases, written last', rows: caseRows(WRITTEN_LAST) },
    ...languages.map((language) => ({
      name: `held out, ${language}`,
      rows: totals(HELD_OUT.filter((each) => each.language === language).flatMap(repliesOf)),
    })),
  ]
}

function caseRows(cases: readonly Case[]): CaseRow[] {
  const replies = cases.flatMap(repliesOf)
  const kinds = [...new Set(replies.map(({ kind }) => kind))]
  return [
    ...kinds.map((kind) =>
      rowOf(
        kind,
        replies.filter((reply) => reply.kind === kind),
      ),
    ),
    ...totals(replies),
  ]
}

function totals(replies: readonly CaseReply[]): CaseRow[] {
  return [
    rowOf(
      'all that rest on it',
      replies.filter(({ label }) => label === 1),
    ),
    rowOf(
      'all that do not',
      replies.filter(({ label }) => label === 0),
    ),
  ]
}

function rowOf(kind: string, replies: readonly CaseReply[]): CaseRow {
  const judged = replies.map(({ case: from, answer, wrong }) => {
    return { wrong, score: scoreOf(from.context, answer, from.question)! }
  })
  const failed = judged.filter(({ score }) => !score.passed)
  const pointed = failed.flatMap(({ wrong, score: { spans = [] } }) => (wrong === null ? [] : [{ wrong, spans }]))
  const share = (such: (each: (typeof pointed)[number]) => boolean) =>
    pointed.length === 0 ? null : pointed.filter(such).length / pointed.length
  return {
    kind,
    replies: replies.length,
    failed: failed.length / Math.max(1, replies.length),
    inSentence: share(({ wrong, spans }) => spans.some((span) => overlap(span, wrong.sentence))),
    atPart: share(({ wrong, spans }) => spans.some((span) => overlap(span, wrong.part))),
    nowhereElse: share(({ wrong, spans }) => spans.every((span) => overlap(span, wrong.sentence))),
  }
}

function overlap([start, end]: readonly [number, number], [from, to]: readonly [number, number]): boolean {
  return start < to && from < end
}

function scoreOf(context: string, answer: string, question: string, options: Options = {}): Score | null {
  const subject = subjectOf(answer, { request: requestOf(question), reference: { context } })
  return groundedness.create(options).score(subject, noServices()) as Score | null
}
