import { formatPlural } from '../format.ts'
import { RequestLink } from '../parts/request-link.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { QuestionPair } from './question-pair.tsx'
import { type Flips, judgementOf } from './tune.ts'
import { formatSimilarity } from './words.ts'

/** So many are looked through; the counts are of all. */
const SHOWN = 50

/** The look-ups that would end otherwise, those nearest to the threshold first. */
export function FlipList({ flips }: { flips: Flips }) {
  const flipped = [...flips.gained, ...flips.lost]
  if (flipped.length === 0) return null
  const gains = flips.gained.length > 0
  return (
    <section aria-label="Look-ups that would flip">
      <SectionHead title={gains ? 'Would become hits' : 'Would stop being hits'}>
        {flipped.length > SHOWN && (
          <span className="text-xs text-ink-3">
            the {SHOWN} nearest of {formatPlural(flipped.length, 'look-up')}
          </span>
        )}
      </SectionHead>
      <ul className="border-t border-line">
        {flipped.slice(0, SHOWN).map((lookUp) => (
          <li key={lookUp.id} className="flip">
            <span className="font-medium">{formatSimilarity(lookUp.similarity)}</span>
            <QuestionPair asked={lookUp.question} cached={lookUp.cached_question} />
            <Judged judgement={judgementOf(lookUp)} by={lookUp.review === null ? 'compared' : 'a person'} />
            <RequestLink id={lookUp.request_id} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Judged({ judgement, by }: { judgement: ReturnType<typeof judgementOf>; by: string }) {
  if (judgement === 'unknown') return <span className="text-ink-3">not known</span>
  return (
    <span className={judgement === 'wrong' ? 'text-error' : 'text-ok'}>
      {judgement} <span className="text-ink-3">({by})</span>
    </span>
  )
}
