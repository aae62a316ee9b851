import { useState } from 'react'
import { formatCount, formatShare, unknown } from '../format.ts'
import { ConfusionTable } from './confusion-table.tsx'
import { KappaCell } from './kappa-cell.tsx'
import type { Judge } from './shapes.ts'

/** Each evaluator against what people say, and where its threshold would agree best with them. */
export function JudgeTable({ judges, good }: { judges: readonly Judge[]; good: readonly string[] }) {
  const [place, setPlace] = useState(0)
  const chosen = judges[Math.min(place, judges.length - 1)]!
  return (
    <>
      <h3 className="mt-5 mb-1 text-sm font-semibold">Evaluators against people</h3>
      <p className="mb-2 max-w-170 text-xs text-ink-3">
        Good is what most people call {good.join(' or ')}. Labels that were given with the scores in sight agree more
        with them than they should: label blind (B) what a judge is calibrated with.
      </p>
      <div className="agreement-row">
        <table className="agreement-table">
          <thead>
            <tr>
              <th scope="col">Evaluator</th>
              <th scope="col" className="number">
                Items
              </th>
              <th scope="col" className="number">
                Same
              </th>
              <th scope="col">Kappa</th>
              <th scope="col">Best threshold</th>
            </tr>
          </thead>
          <tbody>
            {judges.map((judge, index) => (
              <tr key={judge.evaluator} aria-current={judge === chosen}>
                <td>
                  <button type="button" className="text-left hover:underline" onClick={() => setPlace(index)}>
                    {judge.evaluator}
                  </button>
                </td>
                <td className="number">{formatCount(judge.items)}</td>
                <td className="number">{formatShare(judge.same, 1)}</td>
                <td>
                  <KappaCell kappa={judge.kappa} interval={judge.interval} />
                </td>
                <td>
                  <BestThreshold best={judge.best} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <ConfusionTable
          rows={{ title: chosen.evaluator, labels: ['passed', 'failed'] }}
          columns={{ title: 'people', labels: ['good', 'not good'] }}
          count={(row, column) =>
            chosen.confusion.find((each) => each.passed === (row === 'passed') && each.good === (column === 'good'))
              ?.count ?? 0
          }
          agrees={(row, column) => (row === 'passed') === (column === 'good')}
        />
      </div>
    </>
  )
}

function BestThreshold({ best }: { best: Judge['best'] }) {
  if (best === null || best.sensitivity + best.specificity <= 1)
    return (
      <span className="text-ink-3" title={best ? 'No threshold tells them apart' : 'It takes good replies and others'}>
        {unknown}
      </span>
    )
  return (
    <>
      <span className="font-medium">{best.threshold.toFixed(2)}</span>{' '}
      <span className="text-ink-3">
        passes {formatShare(best.sensitivity, 1)} of the good, fails {formatShare(best.specificity, 1)} of the others
      </span>
    </>
  )
}
