import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { QuestionPair } from '../cache/question-pair.tsx'
import { formatSimilarity } from '../cache/words.ts'

/** The reply was made for another question: both of them, with what differs marked. */
export function LookUpNote({ lookUp }: { lookUp: NonNullable<AnnotationItem['look_up']> }) {
  return (
    <section aria-label="Cache" className="item-notes">
      <h3 className="label">From the cache, for a question like it: {formatSimilarity(lookUp.similarity)}</h3>
      <QuestionPair asked={lookUp.question} cached={lookUp.cached_question} />
    </section>
  )
}
