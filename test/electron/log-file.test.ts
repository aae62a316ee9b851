import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openGatewayLog } from '../../electron/log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-log-'))
after(() => rmSync(folder, { recursive: true }))

test('lines are appended, run after run', () => {
  const path = join(folder, 'logs', 'gateway.log')
  for (const run of ['first run', 'second run']) {
    const log = openGatewayLog(path)
    log.write(run)
    log.close()
  }
  assert.equal(readFileSync(path, 'utf8'), 'first run\nsecond run\n')
})

test('the file and its predecessor stay within the bound', () => {
  const path = join(folder, 'bounded.log')
  const log = openGatewayLog(path, 100)
  for (let line = 0; line < 1000; line++) log.write(`line ${line}`)
  log.close()
  assert.ok(statSync(path).size <= 110)
  assert.ok(statSync(`${path}.1`).size <= 110)
  assert.match(readFileSync(path, 'utf8'), /line 999\n$/)
})

test('the newest lines are remembered, and a disk that refuses does not throw', () => {
  const log = openGatewayLog(join(folder, 'tail.log'), 1000, 3)
  for (const line of ['a', 'b', 'c']) log.write(line)
  log.close()
  log.write('d')
  assert.deepEqual(log.tail(), ['b', 'c', 'd'])
})
