import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { formatCount, formatPlural } from '../format.ts'
import { Fact } from '../parts/fact.tsx'
import { toneOf } from './answer-mark.tsx'
import { answerTones, answerWords, morePairsWords, roughTime, timeForPairs } from './words.ts'

/** The answer over all traffic, in words. */
export function OverallAnswer({ experiment }: { experiment: ExperimentDetail }) {
  const { answer, morePairs, why, pairs, decisive, alpha } = experiment.verdict.all
  const time = morePairs === null ? null : timeForPairs(experiment, morePairs, Date.now())
  return (
    <section aria-label="Answer" className="overall" style={toneOf(answerTones[answer])}>
      <div className="min-w-0">
        <p className="label">Answer</p>
        <p className="overall-words">{answerWords[answer]}</p>
        {answer === 'not-enough-data' && (
          <p className="mt-0.5 text-base">
            {morePairs === null
              ? 'How many more pairs it takes cannot be told yet.'
              : capital(morePairsWords(morePairs))}
            {time !== null && <span className="text-ink-2">, some {roughTime(time)} at the pace so far</span>}
            {morePairs !== null && '.'}
          </p>
        )}
        <p className="mt-1 max-w-200 text-sm text-ink-2">{why}</p>
      </div>
      <dl className="overall-facts">
        <Fact name="Rests on">{formatPlural(pairs, 'pair')}</Fact>
        <Fact name="Metrics that decide">{formatCount(decisive.length)}</Fact>
        <Fact name="False answers, at most">
          <span title="However often and whenever somebody looks">{percent(alpha)} at any look</span>
        </Fact>
      </dl>
    </section>
  )
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`
}
