import { useMemo } from 'react'
import { MarkedRuns } from '../parts/marked-runs.tsx'
import { type DiffRun, diffWords, type WordDiff } from '../parts/word-diff.ts'

interface PairTextsProps {
  /** `null`: there is no reply. */
  one: string | null
  other: string | null
  missing: readonly [string, string]
  notes: readonly [string | null, string | null]
  plain: boolean
}

/** Two texts beside each other, in full, with the words that differ marked. */
export function PairTexts({ one, other, missing, notes, plain }: PairTextsProps) {
  const diff = useMemo(
    () => (plain || one === null || other === null ? null : diffWords(one, other, { exact: true })),
    [one, other, plain],
  )
  const note = diff && noteOf(diff, one === other)
  return (
    <>
      {note !== null && <p className="reply-note">{note}</p>}
      <div className="reply-columns">
        <Column text={one} runs={diff?.one ?? null} missing={missing[0]} note={notes[0]} label="Reply A" />
        <Column text={other} runs={diff?.other ?? null} missing={missing[1]} note={notes[1]} label="Reply B" />
      </div>
    </>
  )
}

function noteOf(diff: WordDiff, same: boolean): string | null {
  if (diff.tooFar)
    return 'These texts are long and have little in common: they are not compared word by word, and stand here in full.'
  if (same) return 'The texts are the same, letter by letter.'
  const marked = [...diff.one, ...diff.other].some(({ differs }) => differs)
  return marked ? null : 'The texts differ in nothing but white space.'
}

interface ColumnProps {
  text: string | null
  /** `null`: nothing is marked. */
  runs: readonly DiffRun[] | null
  missing: string
  note: string | null
  label: string
}

function Column({ text, runs, missing, note, label }: ColumnProps) {
  return (
    <article aria-label={label} className="reply-column">
      {note !== null && <p className="mb-1 text-xs text-fallback">{note}</p>}
      {text === null ? (
        <p className="text-error">{missing}</p>
      ) : text === '' ? (
        <p className="text-ink-3">It has no text.</p>
      ) : (
        <p className="pair-text">{runs === null ? text : <MarkedRuns runs={runs} />}</p>
      )}
    </article>
  )
}
