import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type App, startApp } from '../../server/app.ts'
import { openHome } from '../../server/home.ts'
import type { RunRow } from '../../server/http/admin/run-schemas.ts'
import { until } from '../http/until.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { chatReply } from './site.ts'

const ITEMS = 30

describe('a run over a stop in good order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-restart-'))
  let upstream: FakeUpstream
  let app: App | null = null
  before(async () => {
    upstream = await startFakeUpstream()
  })
  after(async () => {
    await app?.stop()
    await upstream.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const configure = (model: string, drain: string) =>
    writeFileSync(
      join(folder, 'gatehouse.yaml'),
      `version: 1
server: { drain: ${drain} }
providers:
  two: { kind: vllm, base_url: "${upstream.url}/v1" }
routes:
  support: { targets: [{ provider: two, model: ${model} }] }
`,
    )
  const start = async () => {
    const home = openHome(folder, null)
    const options = { home, host: '127.0.0.1', port: 0, version: 'test', environment: {}, log: () => {} }
    app = await startApp(options)
    const token = readFileSync(home.adminToken, 'utf8').trim()
    return async <T>(method: string, path: string, body?: string): Promise<T> => {
      const type = path.startsWith('datasets/import') ? 'application/x-ndjson' : 'application/json'
      const response = await fetch(`${app!.url}/admin/api/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body }),
      })
      const json = (await response.json()) as T
      assert.ok(response.ok, JSON.stringify(json))
      return json
    }
  }
  const rows = Array.from({ length: ITEMS }, (_, index) => JSON.stringify({ question: `Q${index}` })).join('\n')
  const order = (candidate: object) =>
    JSON.stringify({ dataset: 'many', candidate, evaluators: ['non-empty'], concurrency: 3 })

  it('lets what is under way end, loses nothing, and goes on by the config that it was made with', async () => {
    upstream.answer = ({ json }) => ({ ...chatReply(json, 'Yes'), headDelayMs: 60 })
    configure('first', '10s')
    let admin = await start()
    await admin('POST', 'datasets/import?name=many&test=0', rows)
    const { id } = await admin<{ id: string }>('POST', 'runs', order({ route: 'support' }))
    await until('it is under way', () => upstream.seen.length >= 7)
    await app!.stop()
    const seen = upstream.seen.length
    assert.ok(seen < ITEMS)
    configure('second', '10s')
    admin = await start()
    const run = await until('it is done', async () => {
      const now = await admin<RunRow>('GET', `runs/${id}`)
      return now.state === 'done' && now
    })
    assert.deepEqual([run.done, run.lost, run.failed], [ITEMS, 0, 0])
    assert.equal(upstream.seen.length, ITEMS)
    assert.deepEqual([...new Set(upstream.seen.map(({ json }) => json.model))], ['first'])
    await app!.stop()
  })

  it('gives up what takes longer than the stop may, says so, and leaves a paused run alone', async () => {
    upstream.seen.length = 0
    upstream.answer = ({ json }) =>
      upstream.seen.length <= 4 ? { ...chatReply(json, 'Yes'), headDelayMs: 5 } : { silent: true }
    configure('first', '300ms')
    let admin = await start()
    const { id } = await admin<{ id: string }>('POST', 'runs', order({ target: 'two/small' }))
    await until('it hangs', () => upstream.seen.length === 7)
    await app!.stop()
    upstream.answer = ({ json }) => chatReply(json, 'Yes')
    admin = await start()
    const run = await until('it is done', async () => {
      const now = await admin<RunRow>('GET', `runs/${id}`)
      return now.state === 'done' && now
    })
    assert.deepEqual([run.done, run.lost], [ITEMS - 3, 3])
    assert.equal(upstream.seen.length, ITEMS)

    const paused = await admin<{ id: string }>('POST', 'runs', order({ target: 'two/other' }))
    await admin('POST', `runs/${paused.id}/pause`)
    await app!.stop()
    const seen = upstream.seen.length
    admin = await start()
    assert.equal((await admin<RunRow>('GET', `runs/${paused.id}`)).state, 'paused')
    assert.equal(upstream.seen.length, seen)
  })
})
