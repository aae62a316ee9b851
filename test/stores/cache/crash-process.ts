import { Worker } from 'node:worker_threads'
import { CacheWriter } from '../../../server/stores/cache/cache-writer.ts'
import { Recorder } from '../../../server/stores/recorder.ts'
import { entryOf, inSpace, lookUpOf, vectorOf } from './support.ts'

/** Writes to the store of the first argument without end: puts, new vectors, look-ups and sweeps, to be killed at it. */
const workerData = { file: process.argv[2]!, version: 'test' }
const recorder = new Recorder(
  () => new Worker(new URL('../../../server/threads/writer.ts', import.meta.url), { workerData }),
  (problem) => process.stderr.write(`${problem}\n`),
)
const writer = new CacheWriter(recorder)
await recorder.ready
writer.setMaxBytes(1_500_000)
for (let index = 0; ; index += 1) {
  const key = `k${index % 3000}`
  writer.put(entryOf(key, { context: 'context' }), inSpace(vectorOf(index)))
  writer.noteHit(`k${(index * 7) % 3000}`, index)
  writer.noteLookUp(lookUpOf(`req_${index}`, key))
  if (index % 300 === 0) {
    await writer.flush()
    process.stdout.write(`${writer.status.stored}\n`)
  }
}
