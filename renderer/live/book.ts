/** The book of requests that the page keeps: a bounded list, oldest first, that events and pages are entered into. */
import type { AttemptRow, LiveEvent, RequestRow } from '../../server/http/admin/schemas.ts'
import { fromRow, type LiveRequest } from './request.ts'

interface Book {
  /** Oldest first. Every change makes a new array, and a new object for a changed request only. */
  rows: () => readonly LiveRequest[]
  /** One request as it stands now, or null when the book does not hold it. */
  find: (id: string) => LiveRequest | null
  /** Enters a batch of events; returns how many requests the book had not held before. */
  apply: (events: readonly LiveEvent[]) => number
  /** Enters recorded rows of any age; what is running already is replaced by its record. */
  merge: (records: readonly RequestRow[]) => void
  clear: () => void
}

/** An empty book that forgets the oldest requests above `limit`. */
export function createBook(limit: number): Book {
  let rows: LiveRequest[] = []
  let positions = new Map<string, number>()

  const replace = (next: LiveRequest[]) => {
    rows = next.length > limit ? next.slice(next.length - limit) : next
    positions = new Map(rows.map((row, position) => [row.id, position]))
  }

  const apply = (events: readonly LiveEvent[]) => {
    const next = rows.slice()
    let added = 0
    let ordered = true
    const enter = (request: LiveRequest) => {
      const position = positions.get(request.id)
      if (position === undefined) {
        ordered &&= request.startedAt >= (next.at(-1)?.startedAt ?? 0)
        positions.set(request.id, next.push(request) - 1)
        added += 1
      } else if (request.result !== null) {
        next[position] = request
      }
    }
    for (const event of events) {
      if (event.type === 'request-start') enter(begun(event))
      if (event.type === 'request-end') enter(fromRow(event.request))
      if (event.type === 'attempt-start' || event.type === 'attempt-end') {
        const position = positions.get(event.request_id)
        const request = position === undefined ? undefined : next[position]
        if (request?.result === null) next[position!] = withAttempt(request, event.attempt)
      }
    }
    if (!ordered) replace(next.sort(byStart))
    else if (next.length > limit) replace(next)
    else rows = next
    return added
  }

  const merge = (records: readonly RequestRow[]) => {
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const record of records) {
      if (byId.get(record.request_id)?.result == null) byId.set(record.request_id, fromRow(record))
    }
    replace([...byId.values()].sort(byStart))
  }

  const find = (id: string) => rows[positions.get(id) ?? -1] ?? null

  return { rows: () => rows, find, apply, merge, clear: () => replace([]) }
}

const byStart = (a: LiveRequest, b: LiveRequest) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1)

function begun(event: Extract<LiveEvent, { type: 'request-start' }>): LiveRequest {
  return {
    id: event.request_id,
    traceId: event.trace_id,
    startedAt: Date.parse(event.ts),
    route: event.route,
    tenant: event.tenant,
    surface: event.surface,
    stream: event.stream,
    attempts: [],
    result: null,
  }
}

function withAttempt(request: LiveRequest, attempt: AttemptRow): LiveRequest {
  const others = request.attempts.filter((known) => known.index !== attempt.index)
  return { ...request, attempts: [...others, attempt].sort((a, b) => a.index - b.index) }
}
