import { linesOf } from './quality.ts'

const WIDTH = 132
const HEIGHT = 22
/** What is drawn at the very top or bottom is drawn whole. */
const EDGE = 2

/** How a score went over the window, between 0 and 1; a step without neighbours is a dot. */
export function Sparkline({ means, words }: { means: readonly (number | null)[]; words: string }) {
  const at = ({ x, y }: { x: number; y: number }) => [x * WIDTH, EDGE + y * (HEIGHT - 2 * EDGE)] as const
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <title>{words}</title>
      <line x1="0" x2={WIDTH} y1={EDGE} y2={EDGE} className="sparkline-edge" />
      <line x1="0" x2={WIDTH} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} className="sparkline-edge" />
      {linesOf(means).map((points, index) => {
        const [first] = points
        const [x, y] = at(first!)
        return points.length === 1 ? (
          <circle key={index} cx={x} cy={y} r="1.6" />
        ) : (
          <polyline key={index} points={points.map((point) => at(point).join(',')).join(' ')} />
        )
      })}
    </svg>
  )
}
