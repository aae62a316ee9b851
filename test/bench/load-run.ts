import { Pool } from 'undici'
import { type LoadOrder, type LoadResult, VARIES } from './load-messages.ts'
import { CONTENT_FRAMES, CONTENT_MARK, STREAM_END } from './replies.ts'

/** All numbers have as many digits. */
const FIRST_NUMBER = 1_000_000_000
/** Goes on over all loads of the process. */
let number = 0
/** How long the last replies may take once no more requests are sent. */
const STRAGGLE_MS = 15_000
/** A target that fails this often is given up. */
const MOST_FAILURES = 50
const STREAM_TAIL = Buffer.from(STREAM_END.trimEnd())

/**
 * Sends requests as ordered and times them. The first reply is checked in full, all others against its length: a
 * stream that is short of a frame counts as a failure.
 */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const pool = new Pool(order.origin, {
    connections: order.connections,
    pipelining: 1,
    connect: { noDelay: true, timeout: 5000 },
    headersTimeout: STRAGGLE_MS,
    bodyTimeout: STRAGGLE_MS,
  })
  const begin = performance.now()
  const measureFrom = begin + order.warmMs
  const measureUntil = measureFrom + order.measureMs
  const latencies: number[] = []
  const firstContents: number[] = []
  const failures: Record<string, number> = {}
  let failed = 0
  let sent = 0
  let answered = 0
  let lastAnswer = begin
  let length: number | null = null

  const note = (failure: string | null, at: { start: number; firstContent: number }, size: number) => {
    const now = performance.now()
    lastAnswer = now
    if (failure === null && length === null) length = size
    const problem = failure ?? (size === length ? null : 'a reply of another length')
    if (problem !== null) {
      failures[problem] = (failures[problem] ?? 0) + 1
      failed += 1
      return
    }
    answered += 1
    if (now < measureFrom || now > measureUntil) return
    latencies.push(now - at.start)
    firstContents.push(at.firstContent - at.start)
  }
  const varies = order.body.includes(VARIES)
  const callAgain = async () => {
    while (performance.now() < measureUntil && sent < order.mostRequests && failed < MOST_FAILURES) {
      sent += 1
      const body = varies ? order.body.replace(VARIES, String(FIRST_NUMBER + number++)) : order.body
      await call(pool, { ...order, body }, length === null, note)
    }
  }
  await Promise.all(Array.from({ length: order.connections }, callAgain))
  await pool.destroy()
  latencies.sort(ascending)
  firstContents.sort(ascending)
  return {
    answered,
    failures,
    measured: latencies.length,
    measuredMs: Math.max(1, Math.min(lastAnswer, measureUntil) - measureFrom),
    wallMs: lastAnswer - begin,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    firstContentP50Ms: quantile(firstContents, 0.5),
  }
}

type Note = (failure: string | null, at: { start: number; firstContent: number }, size: number) => void

/** Resolves when the reply is over, whatever came of it. */
function call(pool: Pool, order: LoadOrder, checkFully: boolean, note: Note): Promise<void> {
  return new Promise((resolve) => {
    const at = { start: performance.now(), firstContent: 0 }
    const kept: Buffer[] = []
    let status = 0
    let size = 0
    let last: Buffer | null = null
    const finish = (failure: string | null) => {
      note(failure, at, size)
      resolve()
    }
    pool.dispatch(
      { path: '/v1/chat/completions', method: 'POST', headers: order.headers, body: order.body },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code
        },
        onResponseData(_controller, chunk) {
          size += chunk.length
          last = chunk
          if (checkFully || status !== 200) kept.push(chunk)
          if (at.firstContent === 0 && (!order.stream || chunk.includes(CONTENT_MARK)))
            at.firstContent = performance.now()
        },
        onResponseEnd() {
          if (status !== 200) finish(`status ${status}: ${Buffer.concat(kept).toString('utf8', 0, 200)}`)
          else if (order.stream && !last?.includes(STREAM_TAIL)) finish('a stream without its end')
          else if (checkFully && order.stream && !order.fewFrames && contentFrames(kept) !== CONTENT_FRAMES)
            finish('a stream without all of its frames')
          else finish(at.firstContent === 0 ? 'a reply without content' : null)
        },
        onResponseError(_controller, error) {
          finish((error as NodeJS.ErrnoException).code ?? error.message)
        },
      },
    )
  })
}

function contentFrames(chunks: readonly Buffer[]): number {
  return Buffer.concat(chunks).toString('latin1').split(CONTENT_MARK).length - 1
}

function ascending(left: number, right: number): number {
  return left - right
}

/** Of sorted values; NaN when there are none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
