import { useMemo } from 'react'
import { MarkedRuns } from '../parts/marked-runs.tsx'
import { diffWords } from '../parts/word-diff.ts'

/** What was asked over what is kept, with the words that differ marked. */
export function QuestionPair({ asked, cached }: { asked: string; cached: string }) {
  const { one, other } = useMemo(() => diffWords(asked, cached), [asked, cached])
  return (
    <dl className="question-pair">
      <dt>asked</dt>
      <dd>
        <MarkedRuns runs={one} />
      </dd>
      <dt>kept</dt>
      <dd>
        <MarkedRuns runs={other} />
      </dd>
    </dl>
  )
}
