import { type Dispatcher, Pool } from 'undici'
import { readSse } from '../support/frames.ts'
import { CONTENT_MARK, TEXT } from './words.ts'

/** What one try of a request is to be. */
export interface CallOrder {
  path: string
  headers: Record<string, string>
  body: string
  stream: boolean
  /** Until the whole reply; of a stream until its first content. */
  tryMs: number
  /** Until the end of a stream. */
  wholeMs: number
}

/** What came of one try. */
export interface Tried {
  status: number | null
  retryAfter: boolean
  /** Milliseconds after the try began; `null` where no content came. */
  firstContentMs: number | null
  /** The reply is there, complete and right. */
  whole: boolean
  /** In a word; `null` where nothing did. */
  wentWrong: string | null
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export function openPool(origin: string, connections: number): Pool {
  return new Pool(origin, {
    connections,
    pipelining: 1,
    connect: { noDelay: true, timeout: 30_000 },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

/** Sends one request and reads the reply to its end. Never rejects. */
export function call(pool: Pool, order: CallOrder): Promise<Tried> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const tried: Tried = {
      status: null,
      retryAfter: false,
      firstContentMs: null,
      whole: false,
      wentWrong: null,
      headers: {},
    }
    let body = ''
    let over = false
    let controller: Dispatcher.DispatchController | null = null
    const finish = (wentWrong: string | null) => {
      if (over) return
      over = true
      clearTimeout(timer)
      resolve({ ...tried, wentWrong })
    }
    const giveUp = () => {
      finish('timeout')
      controller?.abort(new Error('too late'))
    }
    let timer = setTimeout(giveUp, order.tryMs)
    pool.dispatch(
      { path: order.path, method: 'POST', headers: order.headers, body: order.body },
      {
        onRequestStart(started) {
          controller = started
          if (over) started.abort(new Error('too late'))
        },
        onResponseStart(_controller, status, headers) {
          tried.status = status
          tried.headers = headers
          tried.retryAfter = headers['retry-after'] !== undefined
        },
        onResponseData(_controller, chunk) {
          if (over) return
          body += chunk.toString('latin1')
          if (tried.firstContentMs !== null || tried.status !== 200 || !body.includes(CONTENT_MARK)) return
          tried.firstContentMs = performance.now() - begin
          if (!order.stream) return
          clearTimeout(timer)
          timer = setTimeout(giveUp, order.wholeMs - tried.firstContentMs)
        },
        onResponseEnd() {
          const problem = problemOf(tried, order, body)
          tried.whole = problem === null
          finish(problem)
        },
        onResponseError: (_controller, error) => finish((error as NodeJS.ErrnoException).code ?? error.message),
      },
    )
  })
}

function problemOf({ status }: Tried, { stream }: CallOrder, body: string): string | null {
  if (status !== 200) return `status ${status}`
  try {
    if (!stream) return JSON.parse(body).choices[0].message.content === TEXT ? null : 'another text'
    const { text, done, error } = readSse(body)
    if (error) return 'an error event'
    if (!done) return 'a stream without its end'
    return text === TEXT ? null : 'another text'
  } catch {
    return 'no reply in the body'
  }
}
