import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { ask } from '../support/gateway.ts'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

/** The promise: what was answered this long before the kill is in the store. */
const LAST_BATCH_MS = 250

/** Requests that are answered before it is killed. */
const MANY = 60

describe('a gateway that is killed under load', () => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'))
  after(() => rmSync(home, { recursive: true, force: true }))

  it('loses no more than the last batch, and its store opens clean', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { child, url } = await start(home)
      const answered: { id: string; at: number }[] = []
      let killed = false
      const worker = async () => {
        while (!killed) {
          try {
            const reply = await post(url, ask('default', `round ${round}`, { stream: answered.length % 2 === 0 }))
            await reply.text()
            answered.push({ id: reply.headers.get('x-request-id')!, at: Date.now() })
          } catch {
            if (!killed) throw new Error('the gateway failed before it was killed')
          }
        }
      }
      const workers = Array.from({ length: 8 }, worker)
      // However slow the machine is just now.
      while (answered.length < MANY) await sleep(20)
      await sleep(500 + round * 130)
      killed = true
      const killedAt = Date.now()
      child.kill('SIGKILL')
      await Promise.all(workers)

      // What came in a burst waits in the journal: the next start turns it into rows and spans.
      const restarted = await start(home)
      restarted.child.kill('SIGTERM')
      assert.equal(await exitCode(restarted.child), 0)
      const db = new Database(join(home, 'gatehouse.db'), { readonly: true })
      assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
      const stored = new Set(db.prepare('SELECT request_id FROM requests').pluck().all() as string[])
      const spans = new Set(db.prepare('SELECT DISTINCT request_id FROM spans').pluck().all() as string[])
      db.close()
      const lost = answered.filter(({ id }) => !stored.has(id))
      const late = lost.filter(({ at }) => at < killedAt - LAST_BATCH_MS)
      assert.deepEqual(late, [], `${lost.length} of ${answered.length} were lost`)
      assert.deepEqual(
        [...stored].filter((id) => !spans.has(id)),
        [],
        'a row stands without its spans',
      )
    }
    const { child, url } = await start(home)
    assert.equal((await post(url, ask('default'))).status, 200)
    child.kill('SIGTERM')
    assert.equal(await exitCode(child), 0)
  })

  it('loses nothing when it is stopped in good order', async () => {
    const { child, url } = await start(home)
    const ids = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const reply = await post(url, ask('default'))
        await reply.text()
        return reply.headers.get('x-request-id')!
      }),
    )
    child.kill('SIGTERM')
    assert.equal(await exitCode(child), 0)
    const db = new Database(join(home, 'gatehouse.db'), { readonly: true })
    const stored = new Set(db.prepare('SELECT request_id FROM requests').pluck().all() as string[])
    db.close()
    assert.deepEqual(
      ids.filter((id) => !stored.has(id)),
      [],
    )
  })

  it('keeps its secrets to their owner', {
    skip: process.platform === 'win32' ? 'Windows has no mode bits' : false,
  }, async () => {
    const { statSync } = await import('node:fs')
    assert.equal(statSync(join(home, 'admin-token')).mode & 0o777, 0o600)
    assert.equal(statSync(join(home, 'key-pepper')).mode & 0o777, 0o600)
    assert.match(readFileSync(join(home, 'admin-token'), 'utf8'), /^[\w-]{43}\n$/)
  })
})

async function start(home: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, '--home', home, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const data of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    output += data
    const url = /^listening on (\S+)$/m.exec(output)?.[1]
    if (url) return { child, url }
  }
  throw new Error(`the gateway did not start: ${output}`)
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', resolve))
}
