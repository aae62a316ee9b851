import type { RequestHead } from '../../core/request.ts'

/** A client's own bytes need the target's model and nothing else: usage comes without being asked for. */
export function edits(
  _json: Readonly<Record<string, unknown>>,
  head: RequestHead,
  model: string,
): Record<string, string | null> {
  return head.model === model ? {} : { model: JSON.stringify(model) }
}
