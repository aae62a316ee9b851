import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { newHome, type ServeProcess, startServe } from '../cli/child.ts'
import { ask, routesConfig } from '../support/gateway.ts'
import { contentOf } from './gated-upstream.ts'
import { until } from './until.ts'

async function start(t: TestContext, config: string): Promise<{ serve: ServeProcess; folder: string }> {
  const home = newHome(config)
  const serve = await startServe(['--home', home.folder, '--port', '0'])
  t.after(async () => {
    await serve.kill()
    home.remove()
  })
  return { serve, folder: home.folder }
}

async function beginStream(url: string, model: string, content: string) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ask(model, content, { stream: true })),
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const { value = '' } = await reader.read()
  return { reader, begun: value }
}

/** Everything that is left of a stream; what a broken connection had sent counts. */
async function rest(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = ''
  for (;;) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }))
    if (done) return text
    text += value
  }
}

/** What a new client meets: a status, or 0 when it cannot even connect. */
async function newcomer(url: string): Promise<number> {
  try {
    const body = JSON.stringify(ask('echo'))
    const headers = { 'content-type': 'application/json', connection: 'close' }
    return (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).status
  } catch {
    return 0
  }
}

function rowsOf(folder: string): Record<string, unknown>[] {
  const db = new Database(join(folder, 'gatehouse.db'), { readonly: true })
  try {
    return db.prepare('SELECT * FROM requests ORDER BY request_id').all() as Record<string, unknown>[]
  } finally {
    db.close()
  }
}

test('asked to stop, the gateway takes nothing new, finishes its streams, stores everything and exits 0', async (t) => {
  const { serve, folder } = await start(t, routesConfig({}, { echo: ['sandbox/echo'], slow: ['sandbox/slow'] }))
  const words = Array.from({ length: 10 }, (_, index) => `word${index}`).join(' ')
  assert.equal(await newcomer(serve.url), 200)
  const token = readFileSync(join(folder, 'admin-token'), 'utf8').trim()
  const live = await fetch(`${serve.url}/admin/api/events`, { headers: { authorization: `Bearer ${token}` } })
  const { reader, begun } = await beginStream(serve.url, 'slow', words)
  serve.child.kill('SIGTERM')
  const met = await until('newcomers are turned away', async () => {
    const status = await newcomer(serve.url)
    return status !== 200 && { status }
  })
  assert.ok([0, 503].includes(met.status), String(met.status))
  const text = begun + (await rest(reader))
  assert.equal(contentOf(text), words)
  assert.match(text, /data: \[DONE\]\n\n$/)
  // A live view that is open never ends by itself: it is closed, so that it does not hold up the end.
  assert.match(await live.text(), /^retry:/)
  assert.equal(await serve.ended, 0)
  const row = rowsOf(folder).find(({ route }) => route === 'slow')
  assert.equal(row?.status, 200)
  assert.equal(row?.error, null)
  assert.equal(row?.finish_reason, 'stop')
  assert.equal(existsSync(join(folder, 'address')), false)
})

test('a stream that never ends is given up after `server.drain`, and stored', async (t) => {
  const config = routesConfig({}, { stall: ['sandbox/stall-mid-stream'] }, { server: { drain: '200ms' } })
  const { serve, folder } = await start(t, config)
  const { reader } = await beginStream(serve.url, 'stall', 'Hello')
  serve.child.kill('SIGTERM')
  await rest(reader)
  assert.equal(await serve.ended, 0)
  const rows = rowsOf(folder)
  assert.equal(rows.length, 1)
  assert.equal(rows[0]!.route, 'stall')
  assert.notEqual(rows[0]!.error, null)
})
