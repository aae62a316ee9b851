import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { sendAdmin } from '../http/admin.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = `version: 1
routes:
  kept:
    targets: [{ provider: sandbox, model: echo }]
    evaluators: { watch: [non-empty] }
    content: {}
    timeouts: { first_token: 2s }
`

describe('Runs and datasets in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page

  before(async () => {
    await buildUi()
    gateway = await startGateway(CONFIG)
    signedIn = await signIn(gateway)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
  })

  const textOf = async (locator: Locator) => (await locator.innerText()).replace(/\s+/g, ' ')
  const open = (query: string) => page.goto(`${gateway.url}/compare?${query}`)
  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const post = async (path: string, body: unknown) => {
    const reply = await sendAdmin(gateway, 'POST', path, body)
    assert.ok(reply.ok, `${path}: ${reply.status}`)
    return reply.json() as Promise<{ id: string }>
  }

  it('lists datasets with their parts and what a run has frozen, to be exported', async () => {
    for (let index = 0; index < 6; index += 1) {
      const reply = await gateway.chat(ask('kept', `Question ${index}?`))
      assert.equal(reply.status, 200)
      await gateway.recorded(reply)
    }
    await open('tab=datasets')
    await page.getByRole('heading', { name: 'There is no dataset yet' }).waitFor()
    await post('datasets', { name: 'golden', traces: { route: 'kept', days: 1 }, test: 0.5 })
    await post('datasets', { name: 'golden', base: 'latest' })
    const rows = page.getByRole('table', { name: 'Datasets' }).locator('tbody tr')
    await open('tab=datasets')
    await rows.first().waitFor()
    assert.match(await textOf(rows.first()), /^golden 2 6 \d train, \d test a copy of latest /)
    assert.match(await textOf(rows.nth(1)), /^golden 1 6 .* traces of kept, 1 days /)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export golden@1 as JSONL' }).click()
    const exported = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n')
    assert.equal(exported.length, 6)
    assert.match(exported[0]!, /Question \d\?/)
  })

  it('shows how far runs are, and pauses, resumes and cancels them', async () => {
    await open('tab=runs')
    await page.getByRole('heading', { name: 'Nothing has been run yet' }).waitFor()
    const { id } = await post('runs', { name: 'on lorem', dataset: 'golden@1', candidate: { target: 'sandbox/lorem' } })
    await post('runs', {
      name: 'on a wall',
      dataset: 'golden@2',
      candidate: { target: 'sandbox/stall' },
      concurrency: 1,
    })
    const run = (name: string) => page.getByRole('listitem', { name, exact: true })
    await run('on lorem').getByText('done', { exact: true }).waitFor()
    assert.equal(await run('on lorem').getByRole('progressbar').getAttribute('aria-valuetext'), '6 of 6')
    assert.equal(await run('on lorem').getByRole('button').count(), 0)
    const wall = run('on a wall')
    await wall.getByText('1 under way').waitFor()
    await wall.getByRole('button', { name: 'Pause' }).click()
    await wall.getByText('paused', { exact: true }).waitFor()
    await wall.getByRole('button', { name: 'Resume' }).click()
    await wall.getByText('running', { exact: true }).waitFor()
    await wall.getByRole('button', { name: 'Cancel' }).click()
    await wall.getByText('cancelled', { exact: true }).waitFor()
    assert.equal(await wall.getByRole('button').count(), 0)
    await run('on lorem').getByRole('link', { name: 'on lorem' }).click()
    await region('Run').getByText('6 of 6').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('experiment'), id)
    assert.match(await textOf(region('Coverage')), /Drawn 6 .* Paired 6 /)
    await open('tab=datasets')
    await page.getByRole('table', { name: 'Datasets' }).getByText('frozen').first().waitFor()
  })

  it('makes a dataset of stored traffic, and runs it, each once it has told what that takes', async () => {
    await open('tab=datasets')
    await page.getByRole('button', { name: 'Of stored traffic…' }).click()
    const dialog = page.getByRole('dialog')
    const make = dialog.getByRole('button', { name: 'Make it' })
    await dialog.getByLabel('Name').fill('by-hand')
    assert.ok(await make.isDisabled())
    await dialog.getByLabel('Route').selectOption('kept')
    await dialog.getByText('6 of 6 requests; 0 are there already.').waitFor()
    await dialog.getByLabel('Only where').fill('status>399')
    await dialog
      .getByRole('status')
      .getByText(/none|no request|nothing/i)
      .waitFor()
    await dialog.getByLabel('Only where').fill('request.stream=false')
    await dialog.getByText('6 of 6 requests').waitFor()
    await make.click()
    await page.getByRole('button', { name: 'Run by-hand@1 through a candidate' }).click()
    const start = dialog.getByRole('button', { name: 'Start' })
    await dialog.getByLabel('Candidate').fill('sandbox')
    assert.ok(await start.isDisabled())
    await dialog.getByLabel('Candidate').fill('sandbox/lorem')
    await dialog.getByText('6 requests, 6 calls at most').waitFor()
    await start.click()
    const run = page.getByRole('listitem', { name: /by-hand@1/ })
    await run.getByText('done', { exact: true }).waitFor()
    const { data } = await gateway.admin<{ data: { name: string; done: number }[] }>('runs')
    assert.deepEqual([data[0]!.name, data[0]!.done], ['by-hand@1 → sandbox/lorem', 6])
  })

  it('breaks no rule of the page’s policy', () => assert.deepEqual(signedIn.complaints, []))
})
