import type { ReactNode } from 'react'
import { formatBytes, formatCost, formatCount, formatDuration, unknown } from '../format.ts'
import { Elapsed } from '../parts/elapsed.tsx'
import type { Column } from './run.ts'
import { speedWords } from './words.ts'

interface ColumnFiguresProps {
  column: Column
  isFirst: boolean
  isFastest: boolean
}

/** How fast, how much, and for how much: the server’s own measurements, once it is over. */
export function ColumnFigures({ column: { phase, startedAt, result }, isFirst, isFastest }: ColumnFiguresProps) {
  const { ttft_ms, tokens_per_s, duration_ms, output_tokens, memory_bytes, cost_usd } = result ?? {}
  return (
    <dl className="bench-figures">
      <Figure name="First token" best={isFirst ? 'first' : null}>
        {formatDuration(ttft_ms ?? null)}
      </Figure>
      <Figure name="Tokens/s" best={isFastest ? 'fastest' : null}>
        {speedWords(tokens_per_s ?? null)}
      </Figure>
      <Figure name="Duration">
        {phase === 'running' && startedAt !== null ? (
          <Elapsed since={startedAt} />
        ) : (
          formatDuration(duration_ms ?? null)
        )}
      </Figure>
      <Figure name="Tokens">{formatCount(output_tokens ?? null)}</Figure>
      <Figure name="Memory" title="What the model takes, where its server tells">
        {memory_bytes == null ? unknown : formatBytes(memory_bytes)}
      </Figure>
      <Figure name="Cost">{formatCost(cost_usd ?? null)}</Figure>
    </dl>
  )
}

interface FigureProps {
  name: string
  best?: string | null
  title?: string
  children: ReactNode
}

function Figure({ name, best = null, title, children }: FigureProps) {
  return (
    <div className="min-w-0" data-best={best !== null} title={title}>
      <dt className="label truncate">{name}</dt>
      <dd className="truncate">
        {children}
        {best !== null && <span className="bench-best">{best}</span>}
      </dd>
    </div>
  )
}
