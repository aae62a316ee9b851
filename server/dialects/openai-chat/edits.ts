import type { Quirks } from '../../core/dialect.ts'
import type { RequestHead } from '../../core/request.ts'
import { objectOf } from '../members.ts'

/**
 * What a client's own bytes need: the target's model, and usage in a stream, which the gateway wants to know even if
 * the client did not ask. A vendor that refuses `stream_options` sends usage anyway.
 */
export function edits(
  json: Readonly<Record<string, unknown>>,
  head: RequestHead,
  model: string,
  quirks: Quirks,
): Record<string, string | null> {
  const changes: Record<string, string | null> = {}
  if (head.model !== model) changes.model = JSON.stringify(model)
  if (quirks.refusesStreamOptions) {
    if (json.stream_options !== undefined) changes.stream_options = null
  } else if (head.stream && !head.streamUsage)
    changes.stream_options = JSON.stringify({ ...objectOf(json.stream_options), include_usage: true })
  return changes
}
