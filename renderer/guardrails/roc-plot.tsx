import type { GuardTuning, RocPoint } from '../../server/http/admin/schemas.ts'
import { formatScore, ratesOf } from './words.ts'

/** Harmful texts found, over harmless ones found, for every threshold; with the present and the proposed one. */
export function RocPlot({ tuning }: { tuning: GuardTuning }) {
  const { roc, now, proposed, auc } = tuning
  const moved = proposed.threshold !== now.threshold
  // Where everything is found, whatever it scores, the curve ends.
  const line = [...roc.map(placeOf), { x: 100, y: 0 }].map(({ x, y }) => `${x},${y}`).join(' ')
  return (
    <div className="roc">
      <div className="roc-plot">
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={`Receiver operating characteristic, area ${auc?.toFixed(3)}; ${spoken('now', now)}${moved ? `; ${spoken('proposed', proposed)}` : ''}`}
        >
          <line x1={0} y1={100} x2={100} y2={0} className="curve-grid" />
          <polygon points={`0,100 ${line} 100,100`} className="curve-area" />
          <polyline points={line} className="curve-line" />
        </svg>
        <Dot point={now} kind="now" />
        {moved && <Dot point={proposed} kind="proposed" />}
        <span className="roc-left">found of what should be</span>
        <span className="roc-below">found of what is harmless</span>
      </div>
      <table className="roc-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Threshold</span>
            </th>
            <th scope="col">
              <span className="roc-key" data-kind="now" /> now, {formatScore(now.threshold)}
            </th>
            {moved && (
              <th scope="col">
                <span className="roc-key" data-kind="proposed" /> {formatScore(proposed.threshold)}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, of, share }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {[now, ...(moved ? [proposed] : [])].map((point) => (
                <td key={point.threshold}>
                  {of(point)} {share && <span className="text-ink-3">{share(point)}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const rows: readonly { name: string; of: (point: RocPoint) => number; share?: (point: RocPoint) => string }[] = [
  { name: 'found, rightly', of: (point) => point.true_positives, share: (point) => ratesOf(point).foundWords },
  { name: 'missed', of: (point) => point.false_negatives },
  {
    name: 'found, though harmless',
    of: (point) => point.false_positives,
    share: (point) => ratesOf(point).wrongedWords,
  },
  { name: 'let pass, rightly', of: (point) => point.true_negatives },
]

function placeOf(point: RocPoint): { x: number; y: number } {
  const { found, wronged } = ratesOf(point)
  return { x: wronged * 100, y: 100 - found * 100 }
}

function Dot({ point, kind }: { point: RocPoint; kind: 'now' | 'proposed' }) {
  const { x, y } = placeOf(point)
  return <span className="roc-dot" data-kind={kind} style={{ left: `${x}%`, top: `${y}%` }} />
}

function spoken(name: string, point: RocPoint): string {
  const { foundWords, wrongedWords } = ratesOf(point)
  return `${name} at ${formatScore(point.threshold)}: ${foundWords} found, ${wrongedWords} of the harmless`
}
