import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { formatMoment, formatPlural } from '../format.ts'

/** What others said, once one has said something oneself: it would sway. */
export function OtherLabels({ item, me }: { item: AnnotationItem; me: string }) {
  const { labels, hidden_labels, criteria } = item
  const own = labels.find(({ by }) => by === me)
  const others = labels.filter(({ by }) => by !== me)
  if (hidden_labels > 0)
    return (
      <p className="item-notes text-sm text-ink-3">
        {formatPlural(hidden_labels, 'label')} of others; shown once you have labelled it.
      </p>
    )
  if (others.length === 0) return null
  return (
    <section aria-label="Labels of others" className="item-notes">
      <h3 className="label">Others say</h3>
      <ul>
        {others.map(({ by, at, labels: said, comment }) => (
          <li key={by} className="flex flex-wrap items-baseline gap-x-3 py-0.5 text-sm">
            <span className="font-medium" title={formatMoment(at)}>
              {by}
            </span>
            {criteria.map(({ name }) => {
              const label = said[name]
              if (label === undefined) return null
              const differs = own?.labels[name] !== undefined && own.labels[name] !== label
              return (
                <span key={name} className={differs ? 'text-fallback' : 'text-ink-2'}>
                  <span className="text-ink-3">{name}</span> {label}
                  {differs && ` (you: ${own.labels[name]})`}
                </span>
              )
            })}
            {comment !== null && <span className="min-w-0 text-ink-2">“{comment}”</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
