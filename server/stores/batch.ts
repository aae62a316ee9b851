/**
 * A batch of texts in memory that both threads see: nothing is copied on the way and nothing of it lives in a V8
 * heap, where what waits for the disk would pile up between two collections.
 */

/** Room for a batch of usual records; one that is larger gets a batch of its own size. */
const USUAL_BYTES = 512 * 1024
const LINE_FEED = 0x0a
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MOST_BYTES_PER_UNIT = 3

export interface Batch {
  memory: SharedArrayBuffer
  view: Buffer
  /** Bytes in use: one line of JSON a record. */
  length: number
  count: number
}

/** Batches to fill, taken back when they have been stored. */
export class BatchPool {
  readonly #free: Batch[] = []
  readonly #mostKept: number

  constructor(mostKept: number) {
    this.#mostKept = mostKept
  }

  /** An empty batch with room for at least a text of this length. */
  take(units: number): Batch {
    const needed = units * MOST_BYTES_PER_UNIT + 1
    if (needed <= USUAL_BYTES) return this.#free.pop() ?? newBatch(USUAL_BYTES)
    return newBatch(needed)
  }

  giveBack(batch: Batch): void {
    if (batch.memory.byteLength !== USUAL_BYTES || this.#free.length >= this.#mostKept) return
    batch.length = 0
    batch.count = 0
    this.#free.push(batch)
  }
}

function newBatch(bytes: number): Batch {
  const memory = new SharedArrayBuffer(bytes)
  return { memory, view: Buffer.from(memory), length: 0, count: 0 }
}

/** Adds a text without line breaks; false when it may not fit. */
export function addText(batch: Batch, text: string): boolean {
  if (batch.length + text.length * MOST_BYTES_PER_UNIT + 1 > batch.view.length) return false
  batch.length += batch.view.write(text, batch.length, 'utf8')
  batch.view[batch.length] = LINE_FEED
  batch.length += 1
  batch.count += 1
  return true
}

/** The records in a batch's bytes. */
export function readLines<T>(bytes: Buffer): T[] {
  const lines = bytes.toString('utf8').split('\n')
  lines.pop()
  return lines.map((line) => JSON.parse(line) as T)
}
