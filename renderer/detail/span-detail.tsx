import { useState } from 'react'
import type { SpanRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { CopyButton } from '../parts/copy-button.tsx'

type Attributes = Record<string, unknown>

/** A span's attributes, events and links as names and values; `origin` is the time that the axis starts at. */
export function SpanDetail({ span, origin }: { span: SpanRow; origin: number }) {
  const [filter, setFilter] = useState('')
  return (
    <div className="border-y border-line bg-surface px-5 py-3">
      <div className="mb-1 flex items-center gap-3">
        <p className="min-w-0 truncate text-xs text-ink-3">
          {span.kind} · {formatDuration(span.start_ms - origin)} after the start ·{' '}
          <code className="font-mono">{span.span_id}</code>
        </p>
        <input
          className="field ml-auto w-44 flex-none"
          placeholder="Filter attributes"
          aria-label="Filter attributes"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <CopyButton text={JSON.stringify(span, null, 2)} label="the span as JSON" />
      </div>
      {span.status_message && <p className="mb-1 text-sm text-error">{span.status_message}</p>}
      <AttributeTable attributes={span.attributes} filter={filter} />
      {span.events.map((event) => (
        <Group
          key={`${event.name}-${event.time_ms}`}
          title={`Event ${event.name}, ${formatDuration(event.time_ms - span.start_ms)} into the span`}
          attributes={event.attributes}
          filter={filter}
        />
      ))}
      {span.links.map((link) => (
        <Group
          key={link.span_id}
          title={`Link to span ${link.span_id} of trace ${link.trace_id}`}
          attributes={link.attributes}
          filter={filter}
        />
      ))}
    </div>
  )
}

function Group(props: { title: string; attributes: Attributes; filter: string }) {
  return (
    <>
      <h4 className="label mt-3 border-t border-line pt-2">{props.title}</h4>
      <AttributeTable attributes={props.attributes} filter={props.filter} />
    </>
  )
}

function AttributeTable({ attributes, filter }: { attributes: Attributes; filter: string }) {
  const wanted = filter.trim().toLowerCase()
  const entries = Object.entries(attributes)
    .map(([name, value]) => ({ name, text: typeof value === 'string' ? value : JSON.stringify(value) }))
    .filter(({ name, text }) => `${name} ${text}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name))
  return (
    <dl className="facts">
      {entries.map(({ name, text }) => (
        <div key={name} className="fact">
          <dt className="break-words text-ink-3">{name}</dt>
          <dd className="font-mono break-words whitespace-pre-wrap">{text}</dd>
          <dd className="fact-copy">
            <CopyButton text={text} label={name} className="p-0.5" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
