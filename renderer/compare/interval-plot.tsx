import { toneOf } from './answer-mark.tsx'
import { type IntervalScale, type Plotted, scaleOf } from './interval-scale.ts'
import type { Interval } from './shapes.ts'

interface IntervalPlotProps {
  plotted: Plotted
  /** The design token of the interval. */
  tone: string
  /** A value as a mark of the axis. */
  format: (value: number) => string
  /** All of it in words. */
  words: string
}

/** Places of the two intervals, in pixels from above. */
const OWN = 14
const NOISE = 27
/** Percents: the marks of the bar and of the middle would run into each other. */
const NEAR = 18

/** Where a difference lies: right is better for the candidate, and left of the bar it is too much worse. */
export function IntervalPlot({ plotted, tone, format, words }: IntervalPlotProps) {
  const { estimate, interval, bar, noise } = plotted
  const scale = scaleOf(plotted)
  const barAt = bar === null ? null : scale.at(bar)
  const near = barAt !== null && 50 - barAt < NEAR
  return (
    <div className="interval-plot" style={toneOf(tone)}>
      <svg role="img" aria-label={words} className="interval-drawing" preserveAspectRatio="none">
        <title>{words}</title>
        {barAt !== null && (
          <>
            <rect className="interval-bad" x="0" y="0" width={`${barAt}%`} height="100%" />
            <rect className="interval-good" x={`${barAt}%`} y="0" width={`${100 - barAt}%`} height="100%" />
          </>
        )}
        <line className="interval-zero" x1="50%" x2="50%" y1="0" y2="100%" />
        {barAt !== null && <line className="interval-bar" x1={`${barAt}%`} x2={`${barAt}%`} y1="0" y2="100%" />}
        {noise?.interval && (
          <g className="interval-noise">
            <Whisker scale={scale} interval={noise.interval} y={NOISE} cap={3} />
            {noise.estimate !== null && <circle cx={`${scale.at(noise.estimate)}%`} cy={NOISE} r="2" />}
          </g>
        )}
        {interval && (
          <g className="interval-own">
            <Whisker scale={scale} interval={interval} y={OWN} cap={5} />
            {estimate !== null && <circle cx={`${scale.at(estimate)}%`} cy={OWN} r="4" />}
          </g>
        )}
      </svg>
      <div className="interval-marks" aria-hidden>
        {bar !== null && barAt !== null && (
          <span
            className="interval-mark"
            data-kind="bar"
            data-side={near ? 'left' : undefined}
            style={{ left: `${barAt}%` }}
          >
            {format(bar)}
          </span>
        )}
        <span className="interval-mark" data-side={near ? 'right' : undefined} style={{ left: '50%' }}>
          same
        </span>
      </div>
    </div>
  )
}

interface WhiskerProps {
  scale: IntervalScale
  interval: Interval
  y: number
  /** Half the height of its ends. */
  cap: number
}

/** An interval; an open end has no cap and runs out of the plot. */
function Whisker({ scale, interval, y, cap }: WhiskerProps) {
  const { from, to } = scale.span(interval)
  const ends = [from, to].filter((end) => end !== null)
  return (
    <>
      <line x1={`${from ?? 0}%`} x2={`${to ?? 100}%`} y1={y} y2={y} data-open={from === null || to === null} />
      {ends.map((end, index) => (
        <line key={index} x1={`${end}%`} x2={`${end}%`} y1={y - cap} y2={y + cap} />
      ))}
    </>
  )
}
