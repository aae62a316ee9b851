import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadData } from '../../server/core/thread-messages.ts'
import { loadVectorLibrary } from '../../server/stores/cache/library.ts'
import { nearestFinder } from '../../server/stores/cache/nearest.ts'
import { openForReading } from '../../server/stores/database.ts'
import type { SearchOrder } from './search-process.ts'

/** The search as the reader thread has it, timed where it runs. */

const { file } = workerData as ThreadData

parentPort!.once('message', ({ questions, limit, rounds }: SearchOrder) => {
  const db = openForReading(file)
  const find = nearestFinder(db, loadVectorLibrary(db))
  const times: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    for (const { context, like } of questions) {
      const start = performance.now()
      find(context, like, limit, 0)
      if (round >= 0) times.push(performance.now() - start)
    }
  }
  db.close()
  parentPort!.postMessage(times)
})
