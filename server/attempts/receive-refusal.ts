import type { Receiver, Run } from './receiver.ts'

/** Longest error body that is kept; the rest is cut off. */
const MOST_BYTES = 256 * 1024

/** Collects what an upstream says beside a status that is no success, and fails the attempt with it. */
export function receiveRefusal(run: Run, status: number, headers: Readonly<Record<string, string>>): Receiver {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () => run.fail(run.provider.classify({ status, headers, body: Buffer.concat(chunks) }))
  return {
    data(chunk) {
      if (size < MOST_BYTES) chunks.push(chunk)
      size += chunk.length
      if (size >= MOST_BYTES) finish()
    },
    end: finish,
    // The status says enough, even when the body breaks off.
    failed: finish,
  }
}
