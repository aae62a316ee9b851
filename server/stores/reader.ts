import type { Worker } from 'node:worker_threads'
import type { FromReader, ToReader } from '../core/thread-messages.ts'
import { Questions } from './questions.ts'

/** Asks the reader thread; a query's name and arguments are those of `server/threads/reader.ts`. */
export interface Reader {
  ask<T>(query: string, ...args: unknown[]): Promise<T>
  close(): Promise<void>
}

/** The thread is started by the first question. A question fails with the thread's own words. */
export function createReader(spawn: () => Worker): Reader {
  let worker: Worker | null = null
  const questions = new Questions<null>()

  const lose = (error: Error) => {
    worker = null
    questions.fail(error)
  }
  const start = (): Worker => {
    const started = spawn()
    started.unref()
    started.on('message', (answer: FromReader) => questions.settle(answer))
    started.on('error', lose)
    started.on('exit', () => lose(new Error('the reader thread ended')))
    return started
  }
  return {
    ask(query, ...args) {
      worker ??= start()
      const running = worker
      return questions.ask(null, (id) => running.postMessage({ id, query, args } satisfies ToReader))
    },
    async close() {
      await worker?.terminate()
    },
  }
}
