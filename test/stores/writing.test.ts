import assert from 'node:assert/strict'
import { once } from 'node:events'
import { it } from 'node:test'
import { Worker } from 'node:worker_threads'
import { CacheStore } from '../../server/stores/cache/cache-store.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { verdictsRows, verdictWriter } from '../../server/stores/verdicts.ts'
import { LabelWriter } from '../../server/stores/verdicts-labels.ts'
import { entryOf, NOW, storeFile } from './cache/support.ts'
import { guardedRecord, verdictOf } from './verdict-samples.ts'

/** Another connection, as of the command line, that writes all the time. */
const OTHER = `
  const { workerData, parentPort } = require('node:worker_threads')
  const db = new (require('better-sqlite3'))(workerData, { timeout: 5000 })
  const write = db.prepare('UPDATE keys_version SET version = version + 1')
  let goesOn = true
  parentPort.on('message', () => { goesOn = false })
  const again = () => {
    for (let count = 0; count < 20; count++) write.run()
    if (goesOn) setImmediate(again)
    else { db.close(); parentPort.close() }
  }
  again()
  parentPort.postMessage('ready')
`

it('loses no write to another connection that writes meanwhile', async (t) => {
  const file = storeFile(t)
  const db = openForWriting(file)
  t.after(() => db.close())
  const cache = new CacheStore(db, 'none here')
  const labels = new LabelWriter(db)
  const write = verdictWriter(db)
  for (const row of verdictsRows(guardedRecord(NOW, [verdictOf()]))) write(row)
  const other = new Worker(OTHER, { eval: true, workerData: file })
  t.after(() => other.terminate())
  await once(other, 'message')
  for (let round = 0; round < 300; round++) {
    const outcome = cache.apply([{ type: 'put', entry: entryOf(`key ${round}`), vector: null }])
    assert.deepEqual(outcome, { failed: 0, problem: null })
    assert.notEqual(labels.labelVerdict(1, round % 2 === 0, 'session', NOW), null)
  }
  other.postMessage('enough')
  await once(other, 'exit')
})
