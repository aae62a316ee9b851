/** One line or layer of a chart. */
export interface ChartSeries {
  name: string
  /** A design token, e.g. `--error`. */
  token: string
  values: readonly (number | null)[]
  /** What the legend says while the pointer is elsewhere. */
  summary: string
}

export interface ChartProps {
  title: string
  /** The middle of each step, milliseconds since the epoch. */
  times: readonly number[]
  series: readonly ChartSeries[]
  kind: 'stacked-bars' | 'lines'
  format: (value: number | null) => string
  /** A value as a mark of the axis. */
  tick: (value: number | null) => string
}
