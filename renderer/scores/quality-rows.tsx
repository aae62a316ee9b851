import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { formatCount, formatPlural, formatShare } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import type { Figures, Quality } from './quality.ts'
import { QualityChart } from './quality-chart.tsx'
import { Sparkline } from './sparkline.tsx'

interface QualityRowsProps {
  quality: Quality
  /** The row before is of another route. */
  isNewRoute: boolean
  /** The middle of each step, milliseconds since the epoch. */
  times: readonly number[]
}

const COLUMNS = 7

/** One evaluator on one route: all replies together, and by target where there are several. */
export function QualityRows({ quality, isNewRoute, times }: QualityRowsProps) {
  const [open, setOpen] = useState(false)
  const { route, evaluator, targets } = quality
  const [only] = targets
  const isOne = targets.length === 1
  return (
    <tbody data-new-route={isNewRoute}>
      <tr>
        <th scope="row">{isNewRoute ? route : <span className="sr-only">{route}</span>}</th>
        <td>
          <button
            type="button"
            className="-ml-1 inline-flex items-center gap-1 hover:underline"
            aria-expanded={open}
            title={`${evaluator} over time`}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight size={13} aria-hidden className="flex-none text-ink-3" data-turned={open} />
            {evaluator}
          </button>
        </td>
        <td>{isOne && only ? <TargetName {...only} /> : <span className="text-ink-3">all {targets.length}</span>}</td>
        <FigureCells figures={quality} words={`${evaluator} on ${route}`} />
      </tr>
      {!isOne &&
        targets.map((target) => (
          <tr key={`${target.provider}/${target.model}`} className="quality-part">
            <td colSpan={2} />
            <td>
              <TargetName {...target} />
            </td>
            <FigureCells figures={target} words={`${evaluator} of ${target.provider}/${target.model}`} />
          </tr>
        ))}
      {open && (
        <tr>
          <td colSpan={COLUMNS} className="quality-chart">
            <QualityChart quality={quality} times={times} />
          </td>
        </tr>
      )}
    </tbody>
  )
}

function TargetName({ provider, model }: { provider: string; model: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <Swatch provider={provider} />
      <span>
        <span className="text-ink-3">{provider}</span> {model}
      </span>
    </span>
  )
}

function FigureCells({ figures: { replies, mean, passed, means }, words }: { figures: Figures; words: string }) {
  return (
    <>
      <td className="number">{formatCount(replies)}</td>
      <td className="number">{mean.toFixed(3)}</td>
      <td
        className="number"
        title={`${formatCount(Math.round(passed * replies))} of ${formatPlural(replies, 'reply')}`}
      >
        {formatShare(passed, 1)}
      </td>
      <td>
        <Sparkline means={means} words={`${words}: mean ${mean.toFixed(3)} over time`} />
      </td>
    </>
  )
}
