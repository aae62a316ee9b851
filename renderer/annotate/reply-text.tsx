import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { MarkedText } from '../guardrails/quoted.tsx'
import type { ReplyText as Reply, Score } from './shapes.ts'
import { markedSpans } from './spans.ts'

interface ReplyTextProps {
  texts: AnnotationItem['texts']
  /** Code of the request's error. */
  error: string | null
  /** Those whose places are marked. */
  scores: readonly Score[]
}

/** What was said, with the places marked that an evaluator found nothing to stand on. */
export function ReplyText({ texts, error, scores }: ReplyTextProps) {
  return (
    <section aria-label="Reply" className="border-b border-line px-5 py-3">
      <h3 className="label mb-1">Said</h3>
      {texts === null ? (
        <p className="max-w-170 text-sm text-ink-2">
          The texts of this request were not kept, or are past their time. Set <code className="code">content:</code> on
          the route to keep some; what <code className="code">evaluator-fail</code> and{' '}
          <code className="code">sample</code> queue is kept by itself.
        </p>
      ) : texts.reply === null ? (
        <p className="text-sm text-error">There was no reply{error === null ? '' : `: ${error}`}.</p>
      ) : (
        <Said reply={texts.reply} scores={scores} />
      )}
    </section>
  )
}

function Said({ reply, scores }: { reply: Reply; scores: readonly Score[] }) {
  const { text, refusal, toolCalls } = reply
  if (text === '' && refusal === '' && toolCalls.length === 0)
    return <p className="text-sm text-ink-3">The reply is empty.</p>
  return (
    <>
      {text !== '' && (
        <p className="pair-text reply-said">
          <MarkedText text={text} spans={markedSpans(scores, text.length)} />
        </p>
      )}
      {refusal !== '' && <p className="pair-text text-refused">{refusal}</p>}
      {toolCalls.map((call, index) => (
        <p key={index} className="pair-text mt-2 font-mono text-xs">
          <span className="text-ink-3">calls</span> {call.name} {call.arguments}
        </p>
      ))}
    </>
  )
}
