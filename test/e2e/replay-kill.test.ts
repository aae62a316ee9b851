import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import type { ExperimentDetail } from '../../server/http/admin/experiment-schemas.ts'
import type { RunCreated, RunRow } from '../../server/http/admin/run-schemas.ts'
import { chatReply } from '../experiments/site.ts'
import { type FakeUpstream, type SeenRequest, startFakeUpstream } from '../support/fake-upstream.ts'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const ITEMS = 100
const CONCURRENCY = 5
const KILLS = 3
/** So slow that a kill finds calls under way. */
const REPLY_MS = 30

describe('a gateway that is killed in the middle of a run', () => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-replay-'))
  let upstream: FakeUpstream
  const children: ChildProcess[] = []
  before(async () => {
    upstream = await startFakeUpstream((request) => ({
      ...chatReply(request.json, `Reply to ${questionOf(request)}`),
      headDelayMs: REPLY_MS,
    }))
    const config = { version: 1, providers: { two: { kind: 'vllm', base_url: `${upstream.url}/v1` } } }
    const routes = { support: { targets: [{ provider: 'two', model: 'small' }] } }
    writeFileSync(join(home, 'gatehouse.yaml'), JSON.stringify({ ...config, routes }))
  })
  after(async () => {
    for (const child of children) child.kill('SIGKILL')
    await upstream.close()
    rmSync(home, { recursive: true, force: true })
  })

  const start = async () => {
    const child = spawn(process.execPath, [MAIN, '--home', home, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
    let output = ''
    for await (const data of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      output += data
      const url = /^listening on (\S+)$/m.exec(output)?.[1]
      if (url) return { child, ended, admin: adminOf(home, url) }
    }
    throw new Error(`the gateway did not start: ${output}`)
  }
  const calls = () => {
    const counts = new Map<string, number>()
    for (const request of upstream.seen) {
      const question = questionOf(request)
      counts.set(question, (counts.get(question) ?? 0) + 1)
    }
    return counts
  }
  let id = ''
  let lost = 0

  it('goes on with it at each start, and makes no call twice', async () => {
    let { child, ended, admin } = await start()
    const rows = Array.from({ length: ITEMS }, (_, index) => JSON.stringify({ question: `Question ${index}` }))
    await admin('POST', 'datasets/import?name=many&test=0', rows.join('\n'), 'application/x-ndjson')
    const order = { dataset: 'many', candidate: { target: 'two/small' }, concurrency: CONCURRENCY }
    id = (await admin<RunCreated>('POST', 'runs', JSON.stringify({ ...order, evaluators: ['non-empty'] }))).id
    let killed = 0
    for (; killed < KILLS; killed += 1) {
      // Each time at another moment of a call.
      const enough = ((killed + 1) * ITEMS) / (KILLS + 2)
      while (upstream.seen.length < enough) await sleep(2)
      await sleep((killed * REPLY_MS) / KILLS)
      child.kill('SIGKILL')
      await ended
      ;({ child, ended, admin } = await start())
    }
    let run = await admin<RunRow>('GET', `runs/${id}`)
    while (run.state !== 'done') {
      assert.equal(run.state, 'running', run.problem ?? '')
      await sleep(20)
      run = await admin<RunRow>('GET', `runs/${id}`)
    }
    lost = run.lost
    assert.equal(run.total, ITEMS)
    assert.equal(run.done + run.lost, ITEMS)
    assert.equal(run.failed, 0)
    assert.ok(run.lost > 0, 'the kills have cut nothing off, so that nothing was tried')
    assert.ok(run.lost <= CONCURRENCY * KILLS, `${run.lost} are lost`)
    const counts = calls()
    assert.deepEqual(
      [...counts].filter(([, count]) => count > 1),
      [],
    )
    assert.ok(counts.size >= run.done)
    const { coverage } = await admin<ExperimentDetail>('GET', `experiments/${id}`)
    assert.deepEqual(coverage.skipped, { no_baseline: run.done, lost: run.lost })
    child.kill('SIGTERM')
    await ended
  })

  it('has written down each result once, and a store that is whole', () => {
    const db = new Database(join(home, 'gatehouse.db'), { readonly: true })
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
    const states = db.prepare('SELECT state, count(*) AS items FROM run_items GROUP BY 1 ORDER BY 1').all()
    assert.deepEqual(states, [
      { state: 'done', items: ITEMS - lost },
      { state: 'lost', items: lost },
    ])
    const [{ pairs }] = db.prepare('SELECT count(*) AS pairs FROM pairs').all() as [{ pairs: number }]
    assert.equal(pairs, ITEMS)
    db.close()
  })

  it('runs again what is lost only where somebody asks for it', async () => {
    const before = upstream.seen.length
    const { child, ended, admin } = await start()
    await sleep(4 * REPLY_MS)
    assert.equal(upstream.seen.length, before)
    await admin('POST', `runs/${id}/retry-lost`)
    let run = await admin<RunRow>('GET', `runs/${id}`)
    for (; run.state !== 'done'; run = await admin<RunRow>('GET', `runs/${id}`)) await sleep(20)
    assert.equal(run.done, ITEMS)
    assert.equal(run.lost, 0)
    assert.equal(upstream.seen.length, before + lost)
    const { coverage } = await admin<ExperimentDetail>('GET', `experiments/${id}`)
    assert.deepEqual(coverage.skipped, { no_baseline: ITEMS })
    child.kill('SIGTERM')
    await ended
  })
})

function questionOf({ json }: SeenRequest): string {
  return (json.messages as { content: string }[]).at(-1)!.content
}

function adminOf(home: string, url: string) {
  const token = readFileSync(join(home, 'admin-token'), 'utf8').trim()
  return async <T>(method: string, path: string, body?: string, type = 'application/json'): Promise<T> => {
    const response = await fetch(`${url}/admin/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    })
    const json = (await response.json()) as T
    assert.ok(response.ok, JSON.stringify(json))
    return json
  }
}
