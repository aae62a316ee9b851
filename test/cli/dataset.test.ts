import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { datasetCommand } from '../../server/commands/dataset.ts'
import { newHome, runCli, type ServeProcess, startServe } from './child.ts'

const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
  silent:
    targets: [{ provider: sandbox, model: echo }]
`

const { folder, remove } = newHome(CONFIG)
after(remove)
/** As a process of its own, as a user runs it. */
const cli = (...args: string[]) => runCli(['dataset', ...args, '--home', folder])
/** What it prints, without the second that a process takes to start. */
const dataset = (...args: string[]) => datasetCommand([...args, '--home', folder])
const refusal = (...args: string[]) =>
  dataset(...args).then(
    (text) => assert.fail(`${args.join(' ')} printed ${text}`),
    (error: Error) => error.message,
  )

it('without a gateway every command says how to start one', async () => {
  const { code, stderr } = await cli('list')
  assert.equal(code, 1)
  assert.match(stderr, /No gateway is running on .*Start it with `gatehouse serve`/)
  for (const args of [
    ['show', 'x'],
    ['create', '--from-traces', '--route', 'support'],
    ['export', 'x'],
    ['create', 'x'],
  ])
    assert.match(await refusal(...args), /No gateway is running/)
})

it('what makes no sense is refused before anything is asked', async () => {
  assert.match(await refusal(), /Usage: gatehouse dataset create/)
  assert.match(await refusal('creat'), /Usage: gatehouse dataset create/)
  assert.match(await refusal('create', '--route', 'support'), /--from-traces or --from-annotation/)
  assert.match(await refusal('create', 'x', '--from-traces'), /--route says whose/)
  assert.match(
    await refusal('create', '--from-traces', '--route', 'support', '--sample', 'x'),
    /--sample takes a number/,
  )
  assert.match(await refusal('create', '--from-traces', '--route', 'a', '--reference', 'x'), /none or recorded/)
  assert.match(await refusal('create', '--from-traces', '--from-annotation', '--route', 'a'), /not from both/)
  assert.match(await refusal('import', 'rows.txt'), /--format says/)
  assert.match(await refusal('delete', 'x'), /Say which version: gatehouse dataset delete x@VERSION/)
})

describe('gatehouse dataset, of a gateway that runs', () => {
  let gateway: ServeProcess
  before(async () => {
    gateway = await startServe(['--home', folder, '--port', '0'])
    for (let index = 0; index < 6; index++) {
      const body = { model: 'support', messages: [{ role: 'user', content: `Question ${index % 5}` }] }
      const reply = await fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-gatehouse-metadata': JSON.stringify({ tier: index % 2 ? 'gold' : 'free' }),
        },
        body: JSON.stringify(body),
      })
      assert.equal(reply.status, 200)
      await reply.text()
    }
    for (let tries = 0; tries < 100; tries++) {
      const text = await dataset('create', 'any', '--from-traces', '--route', 'support', '--dry-run', '--json')
      if ((JSON.parse(text) as { kept: number }).kept === 6) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the requests were not stored')
  })
  after(() => gateway.kill())

  it('makes one of stored traffic, named after its route', async () => {
    const terms = ['--where', 'status=200', '--where', 'metadata.tier=free']
    const args = ['create', '--from-traces', '--route', 'support', ...terms]
    assert.equal(
      await dataset(...args, '--dry-run'),
      'It would have 3 new items, 0 duplicates left out\nOf 6 requests, the texts of 6 are kept, 3 match, 3 were drawn\n',
    )
    const made = await cli(...args, '--test', '0')
    assert.deepEqual([made.code, made.stderr], [0, ''])
    assert.match(made.stdout, /^support@1: 3 items, 3 train and 0 test\n3 new, 0 duplicates left out\nOf 6 requests/)
    const more = await dataset('create', 'support', '--from-traces', '--route', 'support', '--base', 'latest', '--json')
    const { dataset: next, added, duplicates } = JSON.parse(more)
    assert.deepEqual([next.version, next.items, added, duplicates], [2, 5, 2, 4])
  })

  it('shows and lists them', async () => {
    const { stdout } = await cli('list')
    assert.match(stdout, /^dataset +items +train +test +used +created +source\n/)
    assert.match(stdout, /^support@1 +3 +3 +0 +- .* traces of support, 7 days, status=200, metadata\.tier=free$/m)
    const shown = await dataset('show', 'support@1')
    assert.match(shown, /^support@1: 3 items, 3 train and 0 test\n/)
    assert.match(shown, /^first used +never: it may still change$/m)
    assert.match(shown, /^metadata\.tier +free 3$/m)
    assert.equal(JSON.parse(await dataset('show', 'support', '--json')).version, 2)
  })

  it('exports and imports them, as a file or through a pipe', async () => {
    const file = join(folder, 'moved.jsonl')
    assert.equal(await dataset('export', 'support@1', '--output', file), `support@1 is in ${file}.\n`)
    const text = readFileSync(file, 'utf8')
    assert.equal(text.trim().split('\n').length, 3)
    assert.match((await cli('import', file)).stdout, /^moved@1: 3 items, 3 train and 0 test\n/)
    assert.equal((await cli('export', 'moved')).stdout, text)
    const csv = join(folder, 'rows.csv')
    writeFileSync(csv, 'question,answer\nOne?,1\n"Two, or three?",2\n')
    assert.match(await dataset('import', csv, '--name', 'csv', '--test', '1'), /^csv@1: 2 items, 0 train and 2 test\n/)
  })

  it('says what is wrong in the gateway’s words', async () => {
    const csv = join(folder, 'bad.csv')
    writeFileSync(csv, 'question,answer\nOne?\n')
    const bad = await cli('import', csv)
    assert.equal(bad.code, 1)
    assert.match(bad.stderr, /Line 2: it has 1 fields, and the first line names 2\. Nothing was imported/)
    const route = ['--from-traces', '--route', 'suport']
    assert.match(await refusal('create', ...route), /There is no route suport.*Routes are: support, silent/)
    const gone = join(folder, 'nothing.jsonl')
    assert.match(await refusal('export', 'nothing', '--output', gone), /There is no dataset nothing/)
    assert.equal(existsSync(gone), false)
    assert.match(await refusal('import', gone), /is no file/)
  })

  it('deletes one version', async () => {
    assert.equal(await dataset('delete', 'csv@1'), 'csv@1 is deleted.\n')
    assert.match(await refusal('show', 'csv'), /There is no dataset csv/)
  })
})
