import { GatewayError } from '../core/errors.ts'
import type { Splitter } from './reader-tap.ts'

/** No line is larger; what is, has no end. */
const MOST_LINE_BYTES = 16 * 1024 * 1024
const LINE_FEED = 0x0a

/** Splits whole lines (newline-delimited JSON) from an unfinished rest, at any chunking. */
export class LineBuffer implements Splitter {
  #pieces: Buffer[] = []
  #size = 0

  /** All whole lines so far, as one piece; `null` when none is finished yet. Throws `upstream_invalid_reply`. */
  push(chunk: Buffer): Buffer | null {
    const end = chunk.lastIndexOf(LINE_FEED) + 1
    const whole = end === 0 ? null : Buffer.concat([...this.#pieces, chunk.subarray(0, end)])
    if (whole !== null) this.#clear()
    if (end < chunk.length) {
      this.#pieces.push(chunk.subarray(end))
      this.#size += chunk.length - end
    }
    if (this.#size > MOST_LINE_BYTES)
      throw new GatewayError('upstream_invalid_reply', 'The provider sent a line that does not end.')
    return whole
  }

  /** What came after the last whole line. */
  takeRest(): Buffer | null {
    const rest = this.#size === 0 ? null : Buffer.concat(this.#pieces)
    this.#clear()
    return rest
  }

  #clear(): void {
    this.#pieces = []
    this.#size = 0
  }
}
