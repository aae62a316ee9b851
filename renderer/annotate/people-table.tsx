import { useState } from 'react'
import { formatCount, formatShare } from '../format.ts'
import { ConfusionTable } from './confusion-table.tsx'
import { KappaCell } from './kappa-cell.tsx'
import type { LabellerPair } from './shapes.ts'

/** Each pair of people: how far they agree, and of the chosen one where they do not. */
export function PeopleTable({ labels, people }: { labels: readonly string[]; people: readonly LabellerPair[] }) {
  const [place, setPlace] = useState(0)
  const chosen = people[Math.min(place, people.length - 1)]!
  return (
    <div className="agreement-row">
      <table className="agreement-table">
        <thead>
          <tr>
            <th scope="col">Between</th>
            <th scope="col" className="number">
              Items
            </th>
            <th scope="col" className="number">
              Same
            </th>
            <th scope="col">Kappa</th>
          </tr>
        </thead>
        <tbody>
          {people.map((pair, index) => (
            <tr key={`${pair.one}\0${pair.other}`} aria-current={pair === chosen}>
              <td>
                <button type="button" className="text-left hover:underline" onClick={() => setPlace(index)}>
                  {pair.one} and {pair.other}
                </button>
              </td>
              <td className="number">{formatCount(pair.items)}</td>
              <td className="number">{formatShare(pair.same, 1)}</td>
              <td>
                <KappaCell kappa={pair.kappa} interval={pair.interval} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfusionTable
        rows={{ title: chosen.one, labels }}
        columns={{ title: chosen.other, labels }}
        count={(row, column) => chosen.confusion.find(({ one, other }) => one === row && other === column)?.count ?? 0}
        agrees={(row, column) => row === column}
      />
    </div>
  )
}
