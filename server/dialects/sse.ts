import { GatewayError } from '../core/errors.ts'

/** Server-sent events as bytes: https://html.spec.whatwg.org/multipage/server-sent-events.html */
const LINE_FEED = 0x0a
const RETURN = 0x0d
/** No frame is larger; what is, has no end. */
const MOST_FRAME_BYTES = 16 * 1024 * 1024

/** The index behind the last whole frame of `bytes`; 0 when there is none. Any of the three line ends counts. */
export function endOfFrames(bytes: Buffer): number {
  const { length } = bytes
  if (length > 1 && bytes[length - 1] === LINE_FEED && bytes[length - 2] === LINE_FEED) return length
  return Math.max(after(bytes, '\n\n'), after(bytes, '\r\n\r\n'), after(bytes, '\r\r'))
}

function after(bytes: Buffer, boundary: string): number {
  const index = bytes.lastIndexOf(boundary)
  return index < 0 ? 0 : index + boundary.length
}

/** Splits whole frames from an unfinished rest, at any chunking. */
export class FrameBuffer {
  #rest: Buffer | null = null

  /**
   * All whole frames so far, as one piece; `null` when none is finished yet. Throws `upstream_invalid_reply` when a
   * frame does not end.
   */
  push(chunk: Buffer): Buffer | null {
    const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk])
    const end = endOfFrames(bytes)
    this.#rest = end === bytes.length ? null : bytes.subarray(end)
    if (bytes.length - end > MOST_FRAME_BYTES)
      throw new GatewayError('upstream_invalid_reply', 'The provider sent an event that does not end.')
    return end === 0 ? null : bytes.subarray(0, end)
  }

  /** What came after the last whole frame. */
  takeRest(): Buffer | null {
    const rest = this.#rest
    this.#rest = null
    return rest
  }
}

/** One frame: its bytes' place, and its data lines joined; `data` is `null` for a comment or a bare field. */
export interface Frame {
  start: number
  end: number
  data: string | null
}

/** The frames of a piece that ends at a frame boundary. */
export function splitFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  let start = 0
  let lineStart = 0
  let data: string[] = []
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]
    if (byte !== LINE_FEED && byte !== RETURN) continue
    if (index === lineStart) {
      const end = byte === RETURN && bytes[index + 1] === LINE_FEED ? index + 2 : index + 1
      frames.push({ start, end, data: data.length === 0 ? null : data.join('\n') })
      start = end
      data = []
    } else {
      const value = dataOf(bytes.toString('utf8', lineStart, index))
      if (value !== null) data.push(value)
    }
    if (byte === RETURN && bytes[index + 1] === LINE_FEED) index += 1
    lineStart = index + 1
  }
  if (lineStart < bytes.length) {
    const value = dataOf(bytes.toString('utf8', lineStart))
    if (value !== null) data.push(value)
  }
  if (data.length > 0) frames.push({ start, end: bytes.length, data: data.join('\n') })
  return frames
}

function dataOf(line: string): string | null {
  if (!line.startsWith('data:')) return null
  return line[5] === ' ' ? line.slice(6) : line.slice(5)
}
