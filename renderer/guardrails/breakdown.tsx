import type { GuardrailStats } from '../../server/http/admin/schemas.ts'
import { formatCount, formatDuration } from '../format.ts'
import { SectionHead } from '../parts/section-head.tsx'
import { measures } from './words.ts'

type Counts = GuardrailStats['total']

interface BreakdownProps {
  title: string
  /** Head of the first column. */
  head: string
  rows: readonly (Counts & { name: string; note?: string; p99_ms?: number | null })[]
  /** Narrows the page to the row. */
  choose: ((name: string) => void) | null
  nothing: string
}

const count = (value: number) => <span className={value > 0 ? '' : 'text-ink-3'}>{formatCount(value)}</span>

/** The counts of a window by one trait. */
export function Breakdown({ title, head, rows, choose, nothing }: BreakdownProps) {
  const timed = rows.some(({ p99_ms }) => p99_ms !== undefined)
  return (
    <section aria-label={title} className="min-w-0 pb-2">
      <SectionHead title={title} />
      {rows.length === 0 ? (
        <p className="border-t border-line px-5 py-3 text-sm text-ink-3">{nothing}</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="route-table">
            <thead>
              <tr>
                <th scope="col">{head}</th>
                <th scope="col">Inspected</th>
                {measures.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                {timed && <th scope="col">p99</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <td>
                    {choose === null ? (
                      row.name
                    ) : (
                      <button type="button" className="hover:underline" onClick={() => choose(row.name)}>
                        {row.name}
                      </button>
                    )}{' '}
                    {row.note && <span className="font-normal text-ink-3">{row.note}</span>}
                  </td>
                  <td>{formatCount(row.inspections)}</td>
                  {measures.map(({ name, of, token }) => (
                    <td key={name} style={of(row) > 0 ? { color: `var(${token})` } : undefined}>
                      {count(of(row))}
                    </td>
                  ))}
                  {timed && <td className="text-ink-2">{formatDuration(row.p99_ms ?? null)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
