import { memo, useLayoutEffect, useRef } from 'react'
import { Link } from 'wouter'
import { RequestLink } from '../parts/request-link.tsx'
import { ColumnFigures } from './column-figures.tsx'
import type { Column } from './run.ts'

interface ReplyColumnProps {
  /** `null`: it has not been asked. */
  column: Column | null
  /** What stands in the field above, which may have been changed since. */
  target: string
  /** Whose reply its own is kept as a pair with. */
  pairedWith: string | null
  isFirst: boolean
  isFastest: boolean
}

/** What one model said, and how it did. */
export const ReplyColumn = memo(function ReplyColumn(props: ReplyColumnProps) {
  const { column, target, pairedWith, isFirst, isFastest } = props
  if (column === null) return <p className="bench-empty">It answers with the next run.</p>
  const { phase, text, result, experiment } = column
  return (
    <>
      {column.target !== target.trim() && (
        <p className="bench-note">
          Of <span className="font-mono">{column.target}</span>
        </p>
      )}
      <ColumnFigures column={column} isFirst={isFirst} isFastest={isFastest} />
      <ReplyText text={text} running={phase === 'running'} />
      {phase === 'waiting' && <p className="bench-empty">Waits for its turn.</p>}
      {phase === 'stopped' && (
        <p className="bench-note">{text === '' ? 'Stopped before it said anything.' : 'Stopped.'}</p>
      )}
      {result?.error != null && (
        <p role="alert" className="note note-error mx-4 my-3">
          {result.error}
        </p>
      )}
      {result !== null && (
        <p className="bench-note mt-auto flex flex-wrap gap-x-4">
          <RequestLink id={result.request_id} label="Request" />
          {experiment !== null && (
            <span>
              Kept as a pair with {pairedWith ?? 'the first'}:{' '}
              <Link
                href={`/compare?experiment=${encodeURIComponent(experiment)}&tab=pairs`}
                className="text-ink underline"
              >
                Compare
              </Link>
            </span>
          )}
        </p>
      )}
    </>
  )
})

/** Follows what is said for as long as its end is in sight. */
function ReplyText({ text, running }: { text: string; running: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  useLayoutEffect(() => {
    const element = box.current
    if (element && text !== '' && follows.current) element.scrollTop = element.scrollHeight
  }, [text])
  if (text === '' && !running) return null
  return (
    <div
      ref={box}
      className="bench-text"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      {text}
      {running && <span className="bench-caret" aria-hidden />}
    </div>
  )
}
