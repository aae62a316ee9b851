import { useState } from 'react'

/** The selected row of a list, and the way to another one, which is brought into sight by its DOM id. */
export function usePlace<Row>(rows: readonly Row[], domId: (row: Row) => string) {
  const [place, setPlace] = useState(0)
  const moveTo = (target: number): number => {
    const next = Math.min(rows.length - 1, Math.max(0, target))
    setPlace(next)
    const row = rows[next]
    if (row !== undefined) document.getElementById(domId(row))?.scrollIntoView({ block: 'nearest' })
    return next
  }
  return { place, setPlace, moveTo, selected: rows[Math.min(place, rows.length - 1)] }
}
