import { Worker } from 'node:worker_threads'
import type { Neighbour, SpaceVector } from '../../server/core/cache.ts'
import type { ThreadData } from '../../server/core/thread-messages.ts'
import { createReader } from '../../server/stores/reader.ts'

/** What the process of one measurement is told, and what it tells. */
export interface SearchOrder {
  file: string
  /** Context and vector of each question. */
  questions: { context: string; like: SpaceVector }[]
  limit: number
  rounds: number
}

export interface SearchResult {
  /** Milliseconds of each search as the main thread sees it, from asking to the answer. */
  seen: number[]
  /** And inside the thread. */
  inside: number[]
  /** Similarity of what was found, by question. */
  found: number[][]
  /** What the process has grown by since before the thread was started. */
  rssBytes: number
}

/** Measures searches in a process of its own, so that its memory is that of the search. */
process.once('message', async (order: SearchOrder) => {
  const questions = order.questions.map(({ context, like }) => ({
    context,
    like: { ...like, vector: Float32Array.from(like.vector) },
  }))
  const workerData: ThreadData = { file: order.file, version: 'bench' }
  const before = process.memoryUsage.rss()
  const reader = createReader(
    () => new Worker(new URL('../../server/threads/reader.ts', import.meta.url), { workerData }),
  )
  const timer = new Worker(new URL('./search-thread.ts', import.meta.url), { workerData })
  const found: number[][] = []
  const seen: number[] = []
  for (let round = -1; round < order.rounds; round += 1) {
    for (const [index, { context, like }] of questions.entries()) {
      const start = performance.now()
      const neighbours = await reader.ask<Neighbour[]>('nearest', context, like, order.limit, 0)
      // The first round warms up.
      if (round >= 0) seen.push(performance.now() - start)
      found[index] = neighbours.map(({ similarity }) => similarity)
    }
  }
  const rssBytes = process.memoryUsage.rss() - before
  await reader.close()
  const inside = await new Promise<number[]>((resolve, reject) => {
    timer.once('message', resolve)
    timer.once('error', reject)
    timer.postMessage({ ...order, questions })
  })
  await timer.terminate()
  process.send!({ seen, inside, found, rssBytes } satisfies SearchResult, () => process.exit(0))
})
