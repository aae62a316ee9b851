import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import uPlot from 'uplot'
import { onThemeChange, readTheme } from '../theme.ts'
import { chartOptions } from './chart-options.ts'
import type { ChartProps, ChartSeries } from './chart-props.ts'

/** A chart with its legend; the legend shows the values under the pointer. Charts on a page share the pointer. */
export function Chart({ title, times, series, kind, format, tick }: ChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const [hovered, setHovered] = useState<number | null>(null)
  const theme = useSyncExternalStore(onThemeChange, colourScheme)
  const shape = `${kind} ${theme} ${series.map((each) => each.name).join(' ')}`
  const data = toData(times, series, kind)
  const latest = useRef({ data, series, tick, kind })
  latest.current = { data, series, tick, kind }

  useEffect(() => {
    const element = host.current!
    const size = () => ({ width: element.clientWidth, height: element.clientHeight })
    const created = new uPlot({ ...chartOptions(latest.current, setHovered), ...size() }, latest.current.data, element)
    plot.current = created
    const observer = new ResizeObserver(() => created.setSize(size()))
    observer.observe(element)
    return () => {
      observer.disconnect()
      created.destroy()
      plot.current = null
    }
  }, [shape])
  useEffect(() => plot.current?.setData(latest.current.data), [data])

  return (
    <figure className="chart min-w-0 px-5 pt-3 pb-2" aria-label={title}>
      <figcaption className="flex h-6 items-center gap-4">
        <span className="text-base font-semibold">{title}</span>
        <span className="ml-auto flex gap-5 text-xs text-ink-2">
          {series.map((each) => (
            <span key={each.name} className="flex items-center gap-1.5">
              <span className="size-2 rounded-[2.5px]" style={{ background: `var(${each.token})` }} />
              {each.name}
              <span className={`text-right text-ink ${kind === 'lines' ? 'min-w-[6ch]' : 'min-w-[4ch]'}`}>
                {hovered === null ? each.summary : format(each.values[hovered] ?? null)}
              </span>
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={host} className="h-38" />
    </figure>
  )
}

/** Stacked layers are drawn from the tallest sum down, each over the one before it. */
function toData(times: readonly number[], series: readonly ChartSeries[], kind: ChartProps['kind']): uPlot.AlignedData {
  const seconds = times.map((time) => time / 1000)
  if (kind === 'lines') return [seconds, ...series.map((each) => [...each.values])]
  const layers = series.map((_, layer) =>
    times.map((_, step) => series.slice(layer).reduce((sum, each) => sum + (each.values[step] ?? 0), 0)),
  )
  return [seconds, ...layers]
}

function colourScheme(): string {
  return `${readTheme()} ${matchMedia('(prefers-color-scheme: dark)').matches}`
}
