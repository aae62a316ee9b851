import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { orderOf, readReplayFlags } from '../../server/commands/replay-flags.ts'
import type { ExperimentDetail } from '../../server/http/admin/experiment-schemas.ts'
import type { RunPage, RunRow, RunSummary } from '../../server/http/admin/run-schemas.ts'
import { until } from '../http/until.ts'
import { newHome, runCli, type ServeProcess, startServe } from './child.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
`
const PROPOSED = CONFIG.replace('echo', 'lorem')
const ASKED = 6

describe('gatehouse replay', () => {
  const home = newHome(CONFIG)
  let serve: ServeProcess
  before(async () => {
    serve = await startServe(['--home', home.folder, '--port', '0'])
    for (let index = 0; index < ASKED; index += 1) {
      const body = { model: 'support', messages: [{ role: 'user', content: `Question ${index}` }] }
      const reply = await fetch(`${serve.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-gatehouse-metadata': `{"tier":"t${index % 2}"}` },
        body: JSON.stringify(body),
      })
      assert.equal(reply.status, 200)
      await reply.text()
    }
    await until('all is stored', async () => (await admin<{ data: object[] }>('requests')).data.length === ASKED)
  })
  after(async () => {
    await serve.kill()
    home.remove()
  })
  const admin = async <T>(path: string): Promise<T> => {
    const token = readFileSync(join(home.folder, 'admin-token'), 'utf8').trim()
    const response = await fetch(`${serve.url}/admin/api/${path}`, { headers: { authorization: `Bearer ${token}` } })
    assert.ok(response.ok, path)
    return (await response.json()) as T
  }
  const replay = (...args: string[]) => runCli(['replay', ...args, '--home', home.folder])
  const slice = ['--route', 'support', '--evaluator', 'contains:{"any":["Question"]}', '--cohort', 'metadata.tier']

  it('says what it will take and stops where nobody can be asked', async () => {
    const { code, stdout, stderr } = await replay(...slice, '--candidate', 'sandbox/lorem')
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^6 requests, 6 calls at most, about \d+ tokens in and \d+ out$/m)
    assert.match(stderr, /^cost: about \$0/m)
    assert.match(stderr, /Nothing was run\. Say --yes to run it\./)
    assert.equal((await admin<RunPage>('runs')).data.length, 0)
  })

  it('runs, says how far it is, and ends with the figures of the admin API and the verdict', async () => {
    const { code, stdout, stderr } = await replay(...slice, '--candidate', 'sandbox/lorem', '--yes')
    assert.equal(code, 0, stderr)
    assert.match(stderr, /^run exp_\w+$/m)
    assert.match(stderr, /^done: 6 of 6 \(100 %\)/m)
    const { id } = (await admin<RunPage>('runs')).data[0]!
    const { total, rows } = await admin<RunSummary>(`runs/${id}/summary?by=metadata.tier`)
    assert.deepEqual([total.candidate.scores.contains!.mean, total.baseline!.scores.contains!.mean], [0, 1])
    const { lower, upper } = total.candidate.scores.contains!
    const interval = `0.000 [${lower!.toFixed(3)}, ${upper!.toFixed(3)}]`
    assert.ok(
      stdout.split('\n').some((line) => line.startsWith('score of contains') && line.includes(interval)),
      stdout,
    )
    assert.deepEqual(
      rows.map(({ value, n }) => [value, n]),
      [
        ['t0', 3],
        ['t1', 3],
      ],
    )
    assert.match(stdout, /^t0 +3 +100\.0 % +0\.000/m)
    const { verdict } = await admin<ExperimentDetail>(`experiments/${id}`)
    assert.match(stdout, new RegExp(`^verdict: ${verdict.all.answer}$`, 'm'))
    assert.ok(stdout.includes(verdict.all.why))
  })

  it('gives the same as JSON', async () => {
    const { id } = (await admin<RunPage>('runs')).data[0]!
    const { code, stdout } = await replay('show', id, '--json')
    assert.equal(code, 0)
    const told = JSON.parse(stdout) as { run: RunRow; summaries: RunSummary[]; experiment: ExperimentDetail }
    assert.deepEqual(told.run, await admin<RunRow>(`runs/${id}`))
    assert.deepEqual(told.summaries, [await admin<RunSummary>(`runs/${id}/summary?by=metadata.tier`)])
    assert.deepEqual(told.experiment, await admin<ExperimentDetail>(`experiments/${id}`))
    const shown = await runCli(['experiment', 'show', id, '--json', '--home', home.folder])
    assert.deepEqual(JSON.parse(shown.stdout), told.experiment)
  })

  it('tries a proposed config', async () => {
    const file = join(home.folder, 'proposed.yaml')
    writeFileSync(file, PROPOSED)
    const { code, stdout } = await replay('--route', 'support', '--config', file, '--yes', '--json')
    assert.equal(code, 0)
    const { run } = JSON.parse(stdout) as { run: RunRow }
    assert.match(run.candidate, /^config [0-9a-f]{12}$/)
    const experiments = await runCli(['experiment', 'list', '--kind', 'replay', '--home', home.folder])
    assert.match(experiments.stdout, new RegExp(`^${run.id} +replay +6 +6 `, 'm'))
  })

  it('leaves a run alone at Ctrl-C, and says how it is watched', async () => {
    const args = [CLI, 'replay', ...slice, '--candidate', 'sandbox/stall', '--concurrency', '1', '--yes']
    const child = spawn(process.execPath, [...args, '--home', home.folder], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    await until('it is under way', () => /0 of 6/.test(said))
    child.kill('SIGINT')
    const [code] = (await once(child, 'close')) as [number]
    assert.equal(code, 130)
    const [, id] = /gatehouse replay watch (exp_\w+)/.exec(said) ?? []
    assert.equal((await admin<RunRow>(`runs/${id}`)).state, 'running')
    const listed = await replay('list')
    assert.match(listed.stdout, new RegExp(`^${id} +running +0/6 `, 'm'))
    const paused = await replay('pause', id!)
    assert.deepEqual([paused.code, paused.stdout], [0, 'paused: 0 of 6 (0 %)\n'])
    const cancelled = await replay('cancel', id!)
    assert.match(cancelled.stdout, /^cancelled: 0 of 6/)
    const watched = await replay('watch', id!)
    assert.equal(watched.code, 0)
    assert.match(watched.stdout, /^cancelled: 0 of 6/m)
  })

  it('says in the gateway’s words what is wrong, and where none runs', async () => {
    const { code, stderr } = await replay('--dataset', 'nope', '--candidate', 'sandbox/echo')
    assert.equal(code, 1)
    assert.match(stderr, /There is no dataset nope/)
    const nobody = newHome(CONFIG)
    assert.match((await runCli(['replay', 'list', '--home', nobody.folder])).stderr, /No gateway is running/)
    nobody.remove()
  })
})

describe('the flags of gatehouse replay', () => {
  const order = (...args: string[]) => orderOf(readReplayFlags(args))

  it('are what the admin API takes', () => {
    assert.deepEqual(
      order(
        ...['--dataset', 'words@2', '--split', 'test', '--candidate', 'a/b/c', '--baseline', 'route:support'],
        ...['--evaluator', 'exact', '--evaluator', 'contains:{"name":"c","any":["x:y"]}', '--judge', 'local'],
        ...[
          '--rubric',
          'Short',
          '--margin',
          'score:exact=0.1',
          '--cohort',
          'tenant',
          '--concurrency',
          '2',
          '--idle',
          '--replay-tools',
        ],
        ...['--budget-usd', '1.5', '--allow-residency', 'us', '--allow-residency', 'de', '--name', 'A trial'],
      ),
      {
        name: 'A trial',
        dataset: 'words@2',
        split: 'test',
        candidate: { target: 'a/b/c' },
        baseline: { route: 'support' },
        evaluators: ['exact', { use: 'contains', name: 'c', any: ['x:y'] }],
        judge: { route: 'local', rubric: 'Short', allow_own_family: false },
        margins: { 'score:exact': 0.1 },
        cohorts: ['tenant'],
        replay_tools: true,
        concurrency: 2,
        budget_usd: 1.5,
        when: 'idle',
        allow_residency: ['us', 'de'],
      },
    )
    assert.deepEqual(
      order(
        ...['--route', 'r', '--days', '3', '--sample', '0.5', '--limit', '9', '--where', 'status=200'],
        ...['--candidate-route', 'q', '--baseline', 'a/b'],
      ),
      {
        traces: { route: 'r', days: 3, sample: 0.5, limit: 9, where: ['status=200'] },
        candidate: { route: 'q' },
        baseline: { target: 'a/b' },
      },
    )
  })

  it('are refused with a word of what they take', () => {
    const some = ['--route', 'support', '--candidate', 'sandbox/echo']
    const cases: [string[], RegExp][] = [
      [['--candidate', 'sandbox/echo'], /Say what is run: --dataset/],
      [['--dataset', 'x', ...some], /Say what is run: --dataset/],
      [['--route', 'support'], /Say who answers: --candidate/],
      [['--route', 'support', '--config', '/nowhere.yaml'], /nowhere\.yaml: ENOENT/],
      [[...some, '--baseline', 'x'], /--baseline takes recorded, none/],
      [[...some, '--evaluator', 'exact:{'], /--evaluator takes NAME/],
      [[...some, '--margin', 'x'], /--margin takes METRIC=NUMBER/],
      [[...some, '--days', ' '], /--days takes a number/],
      [[...some, '--split', 'x'], /--split takes train or test/],
    ]
    for (const [args, message] of cases) assert.throws(() => order(...args), { name: 'Error', message })
  })
})
