import type { PointerEvent, ReactNode } from 'react'

interface ThresholdPlotProps {
  /** Where the axis begins; it ends at 1. */
  start: number
  set: (threshold: number) => void
  children: ReactNode
}

/** What stands over an axis of thresholds; a press anywhere moves the threshold there. */
export function ThresholdPlot({ start, set, children }: ThresholdPlotProps) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    set(start + ((event.clientX - left) / width) * (1 - start))
  }
  return (
    // The slider beneath is the same for the keyboard.
    <div
      className="tuner-plot similarity-plot"
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag(event)
      }}
      onPointerMove={drag}
    >
      {children}
    </div>
  )
}

interface PlotColumnProps {
  /** Its end is above the threshold. */
  served: boolean
  title?: string
  /** What it is made of, from below; heights are percents of the plot's. */
  parts: readonly { kind: string; height: number }[]
}

/** One column; parts of no height are left out. */
export function PlotColumn({ served, title, parts }: PlotColumnProps) {
  return (
    <span className="plot-column" data-served={served} title={title}>
      {parts.map(
        ({ kind, height }) =>
          height > 0 && <span key={kind} className="judged" data-judged={kind} style={{ height: `${height}%` }} />,
      )}
    </span>
  )
}

/** What the colour of a part means. */
export function PlotKey({ kind, children }: { kind: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className="judged size-2 rounded-[2.5px]" data-judged={kind} />
      {children}
    </li>
  )
}

interface ThresholdLineProps {
  at: number
  start: number
  kind: 'base' | 'raised' | 'tried'
  name?: string | undefined
}

/** A threshold in such a plot. */
export function ThresholdLine({ at, start, kind, name }: ThresholdLineProps) {
  return (
    <span className="threshold-line" data-kind={kind} style={{ left: `${((at - start) / (1 - start)) * 100}%` }}>
      {name && (
        <span className="threshold-name" data-side={at > (1 + start) / 2 ? 'left' : 'right'}>
          {name}
        </span>
      )}
    </span>
  )
}
