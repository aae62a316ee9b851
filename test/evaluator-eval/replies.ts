import type { Case, FaultKind } from './cases/case.ts'

/** A reply put together from the sentences of a case. */
export interface CaseReply {
  case: Case
  answer: string
  /** 1: every sentence rests on the context. */
  label: number
  kind: FaultKind | 'one sentence' | 'with courtesies' | 'all sentences' | 'abstention' | 'answer and abstention'
  /** The sentence that does not, and what of it is wrong, as places in the answer. */
  wrong: { sentence: readonly [number, number]; part: readonly [number, number] } | null
}

/** Every reply that a case makes: each sentence alone and among others, each fault alone and among three right sentences. */
export function repliesOf(from: Case): CaseReply[] {
  const { supported, courtesies, abstention } = from
  const said = (at: number) => supported[at % supported.length]!
  const right = (kind: CaseReply['kind'], answer: string): CaseReply => {
    return { case: from, answer, label: 1, kind, wrong: null }
  }
  return [
    ...supported.map((sentence) => right('one sentence', sentence)),
    ...supported.map((sentence, at) => {
      return right('with courtesies', `${courtesies[0]}\n\n${join(from, [sentence, said(at + 1), courtesies[1]!])}`)
    }),
    right('all sentences', join(from, supported)),
    right('abstention', abstention),
    right('answer and abstention', join(from, [said(0), abstention])),
    ...from.faults.flatMap(({ kind, sentence, wrong }, at) =>
      [[sentence], inserted([said(at), said(at + 2), said(at + 3)], at % 4, sentence)].map((sentences): CaseReply => {
        const answer = join(from, sentences)
        const start = answer.indexOf(sentence)
        const part = start + sentence.indexOf(wrong)
        return {
          case: from,
          answer,
          label: 0,
          kind,
          wrong: { sentence: [start, start + sentence.length], part: [part, part + wrong.length] },
        }
      }),
    ),
  ]
}

function join({ language }: Case, sentences: readonly string[]): string {
  return sentences.join(language === 'ja' ? '' : ' ')
}

function inserted(sentences: readonly string[], at: number, sentence: string): string[] {
  return [...sentences.slice(0, at), sentence, ...sentences.slice(at)]
}
