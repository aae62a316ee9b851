import { STEP } from './threshold-step.ts'

interface ThresholdSliderProps {
  start: number
  threshold: number
  set: (threshold: number) => void
  /** What the threshold means, for who cannot see the plot. */
  meaning: string
}

/** Drags the threshold that is tried, under a plot that begins at `start` and ends at 1. */
export function ThresholdSlider({ start, threshold, set, meaning }: ThresholdSliderProps) {
  return (
    <input
      type="range"
      className="threshold-slider"
      aria-label="Threshold to try"
      aria-valuetext={`${threshold.toFixed(3)}: ${meaning}`}
      min={start}
      max={1}
      step={STEP}
      value={threshold}
      onChange={(event) => set(event.target.valueAsNumber)}
    />
  )
}

const MARKS = 5

/** The marks under such a plot. */
export function ThresholdAxis({ start }: { start: number }) {
  return (
    <div className="tuner-axis" aria-hidden>
      {Array.from({ length: MARKS + 1 }, (_, index) => start + ((1 - start) * index) / MARKS).map((mark) => (
        <span key={mark} className="axis-mark" style={{ left: `${((mark - start) / (1 - start)) * 100}%` }}>
          {mark.toFixed(2)}
        </span>
      ))}
    </div>
  )
}
