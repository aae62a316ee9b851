import type { Worker } from 'node:worker_threads'
import type { FromReader, ToReader } from '../core/thread-messages.ts'

/** Asks the reader thread; a query's name and arguments are those of `server/threads/reader.ts`. */
export interface Reader {
  ask<T>(query: string, ...args: unknown[]): Promise<T>
  close(): Promise<void>
}

/** The thread is started by the first question. A question fails with the thread's own words. */
export function createReader(spawn: () => Worker): Reader {
  let worker: Worker | null = null
  let nextId = 1
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()

  const lose = (error: Error) => {
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = (): Worker => {
    const started = spawn()
    started.unref()
    started.on('message', (answer: FromReader) => {
      const question = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('error' in answer) question?.reject(new Error(answer.error))
      else question?.resolve(answer.result as never)
    })
    started.on('error', lose)
    started.on('exit', () => lose(new Error('the reader thread ended')))
    return started
  }
  return {
    ask(query, ...args) {
      worker ??= start()
      const id = nextId++
      worker.postMessage({ id, query, args } satisfies ToReader)
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    },
    async close() {
      await worker?.terminate()
    },
  }
}
