import uPlot from 'uplot'
import type { ChartProps } from './chart-props.ts'

type Drawn = Pick<ChartProps, 'series' | 'kind' | 'tick'>

/** uPlot's options for a chart in the colours that the design tokens have at this moment. */
export function chartOptions(
  chart: Drawn,
  onHover: (step: number | null) => void,
): Omit<uPlot.Options, 'width' | 'height'> {
  const faint = resolveToken('--ink-3')
  const line = resolveToken('--line')
  const bars = chart.kind === 'stacked-bars'
  const axis = { stroke: faint, font: '11px system-ui, sans-serif', ticks: { show: false } }
  return {
    padding: [10, 4, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: !bars, size: 6 },
      drag: { x: false, y: false },
      sync: { key: 'overview', setSeries: false },
    },
    scales: {
      x: { range: (plot, first, last) => withHalfSteps(plot.data[0], first, last) },
      y: { range: (_, __, highest) => [0, niceTop(highest)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 26, values: timeLabels, space: 80 },
      {
        ...axis,
        grid: { stroke: line, width: 1 },
        size: 58,
        gap: 8,
        space: 36,
        values: (_, values) => values.map((value) => chart.tick(value)),
      },
    ],
    series: [
      {},
      ...chart.series.map(({ name, token }) => {
        const colour = resolveToken(token)
        return bars
          ? {
              label: name,
              fill: colour,
              width: 0,
              points: { show: false },
              paths: uPlot.paths.bars!({ size: [0.72, 18] }),
            }
          : {
              label: name,
              stroke: colour,
              width: 1.75,
              points: { show: true, size: 4, width: 0, fill: colour, filter: withoutNeighbours },
            }
      }),
    ],
    hooks: { setCursor: [(plot) => onHover(plot.cursor.idx ?? null)] },
  }
}

/** A line needs two points: a step between two without values would not be seen unless it is a dot. */
function withoutNeighbours(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? []
  return Array.from(values.keys()).filter(
    (step) => values[step] != null && values[step - 1] == null && values[step + 1] == null,
  )
}

/** A step's bar stands half to each side of its middle: the axis must have room for both outer halves. */
function withHalfSteps(middles: ArrayLike<number>, first: number, last: number): [number, number] {
  const half = middles.length < 2 ? 30 : (middles[1]! - middles[0]!) / 2
  return [first - half, last + half]
}

function niceTop(highest: number | null): number {
  return highest === null || highest <= 0 ? 1 : highest * 1.08
}

/** Clock times, and the day where the axis is longer than one. */
function timeLabels(_: uPlot, values: number[]): string[] {
  const days = (values.at(-1) ?? 0) - (values[0] ?? 0) > 86_400
  return values.map((value) => {
    const date = new Date(value * 1000)
    const clock = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
    return days ? `${date.getMonth() + 1}/${date.getDate()} ${clock}` : clock
  })
}

/** A canvas knows nothing of custom properties or `light-dark()`: ask the browser what a token amounts to. */
function resolveToken(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
