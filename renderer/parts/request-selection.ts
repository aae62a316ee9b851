/** Moving through a list of requests with the keyboard, with or without the detail open. */
import { useCallback, useMemo, useState } from 'react'
import { useKeys } from '../keys.ts'
import type { LiveRequest } from '../live/request.ts'
import { useOpenRequest } from '../location.ts'

interface RequestSelection {
  /** The open request, or else the one that the keys are at. */
  selected: string | null
  open: (id: string) => void
}

/**
 * J, K and the arrows move, Enter and O open. While the detail is open, moving takes it along.
 * `onMove` hears the place of the newly selected row, so that the list can bring it into view.
 */
export function useRequestSelection(
  rows: readonly LiveRequest[],
  onMove: (position: number) => void = () => {},
): RequestSelection {
  const [openId, setOpen] = useOpenRequest()
  const [cursor, setCursor] = useState<string | null>(null)
  const selected = openId ?? cursor
  const position = useMemo(() => rows.findIndex((row) => row.id === selected), [rows, selected])

  const moveTo = (target: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, target))]
    if (row === undefined) return
    setCursor(row.id)
    if (openId !== null) setOpen(row.id)
    onMove(rows.indexOf(row))
  }
  const open = useCallback(
    (id: string) => {
      setCursor(id)
      setOpen(id)
    },
    [setOpen],
  )

  useKeys([
    { keys: ['j', 'ArrowDown'], name: 'Next request', group: 'Lists', run: () => moveTo(position + 1) },
    {
      keys: ['k', 'ArrowUp'],
      name: 'Previous request',
      group: 'Lists',
      run: () => moveTo(position < 0 ? 0 : position - 1),
    },
    { keys: ['Home'], name: 'Newest request', group: 'Lists', run: () => moveTo(0) },
    {
      keys: ['Enter', 'o'],
      name: 'Open the selected request',
      group: 'Lists',
      run: () => {
        if (selected !== null) open(selected)
      },
    },
  ])
  return { selected, open }
}
