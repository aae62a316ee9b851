import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { formatCount, formatPlural, formatShare } from '../format.ts'
import { Figure } from '../parts/figure-band.tsx'
import { toneOf } from './answer-mark.tsx'
import { skipWords } from './words.ts'

/** What became of the requests that were drawn: how far the verdict stands for all of them. */
export function Coverage({ experiment: { coverage, drawn, pairs } }: { experiment: ExperimentDetail }) {
  const { paired, candidate_error, candidate_timeout, skipped, with_self } = coverage
  const skips = Object.entries(skipped).sort(([, one], [, other]) => other - one)
  const left = skips.reduce((sum, [, count]) => sum + count, 0)
  const parts = [
    { name: 'paired', count: paired, tone: 'answered' },
    { name: 'candidate error', count: candidate_error, tone: 'error' },
    { name: 'candidate timeout', count: candidate_timeout, tone: 'fallback' },
    { name: 'skipped', count: left, tone: 'line-strong' },
  ]
  const ofDrawn = (count: number) => `${formatShare(count, drawn)} of those drawn`
  return (
    <section aria-label="Coverage">
      <dl className="figure-band coverage-figures">
        <Figure name="Drawn" value={formatCount(drawn)} note="requests to be compared" />
        <Figure name="Paired" value={formatCount(paired)} note={ofDrawn(paired)} />
        <Figure
          name="Candidate error"
          value={formatCount(candidate_error)}
          note={candidate_error > 0 ? 'count against the candidate' : ofDrawn(0)}
          tone={candidate_error > 0 ? 'text-error' : ''}
        />
        <Figure
          name="Candidate timeout"
          value={formatCount(candidate_timeout)}
          note={candidate_timeout > 0 ? 'count against the candidate' : ofDrawn(0)}
          tone={candidate_timeout > 0 ? 'text-fallback' : ''}
        />
        <Figure name="Skipped" value={formatCount(left)} note={ofDrawn(left)} />
        <Figure
          name="Noise floor"
          value={formatCount(with_self)}
          note={`${formatShare(with_self, pairs)} of pairs, primary twice`}
        />
      </dl>
      <div className="border-b border-line px-5 py-3">
        <span
          className="coverage-bar"
          role="img"
          aria-label={parts.map(({ name, count }) => `${name} ${formatShare(count, drawn)}`).join(', ')}
        >
          {parts.map(
            ({ name, count, tone }) =>
              count > 0 && (
                <span
                  key={name}
                  style={{ ...toneOf(tone), flexGrow: count }}
                  title={`${name}: ${formatPlural(count, 'request')}, ${formatShare(count, drawn)}`}
                />
              ),
          )}
        </span>
        {skips.length > 0 && (
          <ul
            className="mt-2 flex flex-wrap gap-x-5 gap-y-0.5 text-xs text-ink-2"
            aria-label="Why requests were skipped"
          >
            {skips.map(([why, count]) => (
              <li key={why}>
                <span className="font-medium text-ink">{formatCount(count)}</span> skipped:{' '}
                {skipWords[why as keyof typeof skipWords] ?? why}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
