import type { EventWriter } from '../../core/dialect.ts'
import { splitFrames } from '../sse.ts'

/**
 * Makes a writer of server-sent events write the other form of Gemini's streams: one JSON array, a chunk at a time.
 * That is what `streamGenerateContent` without `alt=sse` answers with: https://ai.google.dev/api/generate-content
 */
export function asArray(writer: EventWriter): EventWriter {
  let begun = false
  let ended = false
  const items = (frames: string): string => {
    let text = ''
    for (const { data } of splitFrames(Buffer.from(frames))) {
      if (data === null) continue
      text += (begun ? ',\r\n' : '[') + data
      begun = true
    }
    return text
  }
  /** An error is the last item: nothing more is asked for after it. */
  const close = (): string => {
    ended = true
    return begun ? ']\r\n' : '[]\r\n'
  }
  return {
    lost: writer.lost,
    write(event) {
      const text = items(writer.write(event))
      return event.type === 'error' ? text + close() : text
    },
    end: () => (ended ? '' : items(writer.end()) + close()),
  }
}
