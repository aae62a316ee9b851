import { CodeBlock } from '../parts/code-block.tsx'
import type { Counts } from './shapes.ts'

const EXAMPLE = `annotation:
  rubric:
    - { name: quality, labels: [good, acceptable, bad] }
  rules:
    - { when: thumbs-down }
    - { when: evaluator-fail }
    - { when: sample, sample: 0.01 }`

/** What to do where there is nothing to label. */
export function NothingQueued({ counts, readAgain }: { counts: Counts | null; readAgain: () => void }) {
  const isEmpty = counts !== null && counts.open + counts.done + counts.skipped === 0
  return (
    <section className="mx-auto w-full max-w-180 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">{isEmpty ? 'Nothing is in the queue yet' : 'Nothing to label here'}</h2>
      {isEmpty ? (
        <>
          <p className="mb-5 text-ink-2">
            Requests come here by the rules of the config, by a thumbs-down that an app sends to{' '}
            <code className="font-mono text-sm whitespace-nowrap text-ink">POST /v1/feedback</code>, or by hand from a
            request’s detail.
          </p>
          <CodeBlock text={EXAMPLE} label="an annotation queue" />
        </>
      ) : (
        <p className="mb-5 text-ink-2">
          Everything that this filter lists has been seen to. What others have labelled can be labelled a second time:
          that shows how far people agree.
        </p>
      )}
      <button type="button" className="button mt-4" onClick={readAgain}>
        Read again <kbd className="key">U</kbd>
      </button>
    </section>
  )
}
