import { GatewayError } from '../core/errors.ts'
import type { ChatEvent } from '../core/events.ts'

/** The whole of a stream. Throws its error, or `upstream_too_large`. `limit`: characters of text. */
export async function hold(events: AsyncIterable<ChatEvent>, limit: number): Promise<ChatEvent[]> {
  const held: ChatEvent[] = []
  let size = 0
  for await (const event of events) {
    if (event.type === 'error') throw event.error
    if (event.type === 'part-delta') size += event.text.length
    if (size > limit) throw new GatewayError('upstream_too_large', `The reply is larger than ${limit} bytes.`)
    held.push(event)
  }
  return held
}
