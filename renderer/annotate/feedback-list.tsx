import { ThumbsDown, ThumbsUp } from 'lucide-react'
import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'

/** What apps told of the reply. */
export function FeedbackList({ feedback }: { feedback: AnnotationItem['feedback'] }) {
  if (feedback.length === 0) return null
  return (
    <section aria-label="Feedback" className="item-notes">
      <ul>
        {feedback.map(({ id, at, value, comment, user }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 text-sm">
            <span className={`flex items-baseline gap-1.5 ${value < 0 ? 'text-fallback' : 'text-ok'}`}>
              {value < 0 ? (
                <ThumbsDown size={13} className="self-center" aria-hidden />
              ) : (
                <ThumbsUp size={13} className="self-center" aria-hidden />
              )}
              {Math.abs(value) === 1 ? (value < 0 ? 'thumbs-down' : 'thumbs-up') : value}
            </span>
            {comment !== null && <span className="min-w-0">“{comment}”</span>}
            <span className="text-ink-3">{[user, formatMoment(at)].filter((part) => part !== null).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
