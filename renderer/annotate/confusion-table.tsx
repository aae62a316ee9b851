import type { CSSProperties } from 'react'
import { formatCount } from '../format.ts'

interface Side {
  /** Who says it. */
  title: string
  labels: readonly string[]
}

interface ConfusionTableProps {
  rows: Side
  columns: Side
  count: (row: string, column: string) => number
  /** Both say the same there. */
  agrees: (row: string, column: string) => boolean
}

/** How often one says this and the other that; the more often, the stronger its colour. */
export function ConfusionTable({ rows, columns, count, agrees }: ConfusionTableProps) {
  const most = Math.max(1, ...rows.labels.flatMap((row) => columns.labels.map((column) => count(row, column))))
  return (
    <table className="confusion">
      <thead>
        <tr>
          <td />
          <th scope="colgroup" colSpan={columns.labels.length}>
            {columns.title}
          </th>
        </tr>
        <tr>
          <th scope="col">{rows.title}</th>
          {columns.labels.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.labels.map((row) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {columns.labels.map((column) => {
              const value = count(row, column)
              const tone = `var(--${agrees(row, column) ? 'ok' : 'error'})`
              return (
                <td
                  key={column}
                  className="confusion-cell"
                  style={{ '--tone': tone, '--share': `${Math.round((value / most) * 34)}%` } as CSSProperties}
                >
                  {formatCount(value)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
