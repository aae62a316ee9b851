import type { GuardTestRow } from '../../server/http/admin/schemas.ts'
import { formatDuration, formatPlural } from '../format.ts'
import { Mark } from '../parts/outcome.tsx'
import { MarkedText } from './quoted.tsx'
import { doneWords, formatScore, verdictTones } from './words.ts'

/** What one guardrail says of a text that was tried. */
export function TestResult({ row, text }: { row: GuardTestRow; text: string }) {
  return (
    <li className="test-result">
      <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-medium">{row.guardrail}</span>
        {row.looked ? <Verdict row={row} /> : <span className="text-ink-3">does not look at texts of this origin</span>}
        <span className="ml-auto text-ink-3">{row.looked && formatDuration(row.duration_ms)}</span>
      </div>
      {row.looked && row.verdict !== 'error' && <ScoreBar score={row.score} threshold={row.threshold} />}
      {row.reason !== null && <p className="mt-1 text-xs text-ink-3">{row.reason}</p>}
      {row.matches.length > 0 && (
        <figure className="test-text" aria-label={`What ${row.guardrail} found in the text`}>
          <MarkedText
            text={text}
            spans={row.matches.map(({ start, end, category, score }) => ({
              start,
              end,
              title: `${category}, ${formatScore(score)}`,
            }))}
          />
        </figure>
      )}
      {row.redacted !== null && (
        <>
          <p className="label mt-2">As it would go on</p>
          <div className="test-text">{row.redacted}</div>
        </>
      )}
    </li>
  )
}

function Verdict({ row }: { row: GuardTestRow }) {
  return (
    <>
      <span style={{ color: `var(--${verdictTones[row.verdict]})` }}>
        {row.verdict === 'pass'
          ? 'would pass'
          : row.verdict === 'error'
            ? doneWords.error
            : `would be ${doneWords[row.verdict]}`}
      </span>
      {row.mode === 'monitor' && (
        <Mark tone="ink-3" title="The rule only monitors: nothing would be done">
          monitor
        </Mark>
      )}
      {row.verdict !== 'error' && (
        <span className="text-ink-2">
          {formatScore(row.score)} <span className="text-ink-3">of {formatScore(row.threshold)}</span>
        </span>
      )}
      {row.category !== null && <span className="text-ink-2">{row.category}</span>}
      {row.matches.length > 0 && <span className="text-ink-3">{formatPlural(row.matches.length, 'place')}</span>}
    </>
  )
}

/** A score on the way from 0 to 1, and where the threshold stands. */
function ScoreBar({ score, threshold }: { score: number; threshold: number }) {
  return (
    <div className="score-bar" aria-hidden>
      <span className="score-fill" data-found={score > 0 && score >= threshold} style={{ width: `${score * 100}%` }} />
      <span className="score-limit" style={{ left: `${threshold * 100}%` }} />
    </div>
  )
}
