import type { DiffRun } from './word-diff.ts'

/** A text with what the other one does not have marked. */
export function MarkedRuns({ runs }: { runs: readonly DiffRun[] }) {
  return runs.map(({ text, differs }, index) => {
    if (!differs) return text
    const marked = text.trimEnd()
    return (
      <span key={index}>
        <mark className="word-differs">{marked}</mark>
        {text.slice(marked.length)}
      </span>
    )
  })
}
