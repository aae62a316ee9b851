/** A piece of a text that is marked, with what is told of it. */
export interface MarkedSpan {
  start: number
  end: number
  title?: string
  /** Cannot be told from the others but by its looks. */
  faint?: boolean
}

/** A text with pieces of it marked. They are in order and do not overlap. */
export function MarkedText({ text, spans }: { text: string; spans: readonly MarkedSpan[] }) {
  const parts = spans.flatMap((span, index) => {
    const before = text.slice(spans[index - 1]?.end ?? 0, span.start)
    return [before, span]
  })
  return (
    <>
      {parts.map((part, index) =>
        typeof part === 'string' ? (
          part
        ) : (
          <mark key={index} className="found" data-faint={part.faint} title={part.title}>
            {text.slice(part.start, part.end)}
          </mark>
        ),
      )}
      {text.slice(spans.at(-1)?.end ?? 0)}
    </>
  )
}

interface QuotedProps {
  excerpt: string | null
  highlight: readonly number[] | null
  /** What to say where there is nothing to show. */
  nothing?: string
}

/** An excerpt with the match in it. */
export function Quoted({ excerpt, highlight, nothing = 'Not shown.' }: QuotedProps) {
  if (excerpt === null) return <p className="text-sm text-ink-3">{nothing}</p>
  const [start, end] = highlight ?? []
  return (
    <blockquote className="quoted">
      <MarkedText text={excerpt} spans={start === undefined || end === undefined ? [] : [{ start, end }]} />
    </blockquote>
  )
}
