import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import type { ConfigCheck, ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { sendAdmin } from '../http/admin.ts'
import { EQUAL, helpDeskPairs, WORSE } from '../http/compare-samples.ts'
import { experimentOf, seedExperiment } from '../http/compare-seed.ts'
import { until } from '../http/until.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = `version: 1
routes:
  live:
    targets: [{ provider: sandbox, model: echo }]
    evaluators: { watch: [{ use: length, min: 20 }] }
    mirror: { target: sandbox/lorem, sample: 1, self: 1, when: always, max_concurrency: 4 }
  plain: { targets: [{ provider: sandbox, model: echo }] }
  support: { targets: [{ provider: sandbox, model: echo }] }
  orders: { targets: [{ provider: sandbox, model: echo }] }
`
/** Seeded pairs come from requests that never were, and a viewer's token is no code. */
const EXPECTED = /Failed to load resource: the server responded with a status of (401|404)/

describe('Compare in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page
  const started = Date.now() - 3_600_000
  const support = experimentOf({ startedAt: started, route: 'support' })
  const orders = experimentOf({ startedAt: started - 1000, route: 'orders' })
  const faq = experimentOf({ startedAt: started - 2000, route: 'faq', endedAt: started })

  before(async () => {
    await buildUi()
    gateway = await startGateway(CONFIG)
    seedExperiment(gateway, support, helpDeskPairs(30, EQUAL, 7))
    seedExperiment(gateway, orders, helpDeskPairs(300, WORSE, 3))
    seedExperiment(gateway, faq, helpDeskPairs(40, EQUAL, 5))
    signedIn = await signIn(gateway, EXPECTED)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
  })

  const textOf = async (locator: Locator) => (await locator.innerText()).replace(/\s+/g, ' ')
  const open = (query: string) => page.goto(`${gateway.url}/compare?${query}`)
  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const pane = () => region('Pair')
  const items = () => page.getByRole('list', { name: 'Pairs' }).getByRole('listitem')

  it('says what to write into the config where nothing is compared, and that text is right', async () => {
    const bare = await startGateway('version: 1\nroutes: { one: { targets: [{ provider: sandbox, model: echo }] } }\n')
    const other = await signIn(bare)
    try {
      await other.page.goto(`${bare.url}/compare`)
      await other.page.getByRole('heading', { name: 'Nothing is compared yet' }).waitFor()
      const example = await other.page.getByLabel('a route with a mirror').locator('pre').innerText()
      const source = `version: 1\n${example.replace('[…]', '[{ provider: sandbox, model: echo }]').replace('ollama/qwen3:14b', 'sandbox/lorem')}\n`
      const checked = await sendAdmin(bare, 'POST', 'config/check', { source })
      const { ok, ...told } = (await checked.json()) as ConfigCheck
      assert.ok(ok, JSON.stringify(told))
      assert.match(await other.page.getByLabel('the command', { exact: true }).innerText(), /curl .*chat\/completions/)
      assert.deepEqual(other.complaints, [])
    } finally {
      await other.close()
      await bare.stop()
    }
  })

  it('is reached by keyboard, and lists every comparison with its answer', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    const rows = page.getByRole('table', { name: 'Comparisons' }).locator('tbody tr')
    await rows.first().waitFor()
    assert.equal(new URL(page.url()).pathname, '/compare')
    await until('every row has its answer', async () => !/…/.test(await textOf(page.locator('.experiment-table'))))
    assert.match(await textOf(rows.nth(1)), /^orders sandbox\/old → sandbox\/new mirror .* 287 of 300 open Worse$/)
    assert.match(await textOf(rows.nth(2)), /^faq .* 38 of 40 ended Not enough data about [\d,]+ more pairs$/)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await region('Coverage').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('experiment'), orders.id)
    await page.keyboard.press('u')
    await rows.first().waitFor()
  })

  it('shows coverage first, then the answer, then each metric against its margin', async () => {
    await open(`experiment=${orders.id}`)
    const { coverage, verdict } = await gateway.admin<ExperimentDetail>(`experiments/${orders.id}`)
    const covered = await textOf(region('Coverage'))
    assert.match(covered, new RegExp(`Drawn 300 .* Paired ${coverage.paired} `))
    assert.match(covered, new RegExp(`Candidate error ${coverage.candidate_error} count against the candidate`))
    assert.match(covered, /\d+ skipped: the day’s budget for copies was spent/)
    const answer = await textOf(region('Answer'))
    assert.match(answer, /Worse Worse by .*Success.*Rests on 287 pairs Metrics that decide 5 .* 5% at any look/)
    const success = verdict.all.metrics.find(({ id }) => id === 'success')!
    const row = region('Metrics that decide').getByRole('listitem').filter({ hasText: 'Success' }).first()
    assert.ok((await textOf(row)).includes(success.why))
    assert.match(await textOf(row), /Success Worse .* 1\.000 → 0\.\d{3} mean 287/)
    const plot = await row.getByRole('img').getAttribute('aria-label')
    assert.match(
      plot!,
      /^difference −0\.\d+, interval −0\.\d+ to −0\.\d+, bar −0\.02, primary against itself −0\.\d+ to /,
    )
    await row.getByRole('button', { name: 'Success' }).click()
    assert.match(
      await textOf(row),
      /For one look, does not decide\. .*McNemar, exact, two-sided: only the baseline \d+/,
    )
    assert.match(await textOf(region('Change')), /The candidate's replies differ .*itself → candidate/)
    assert.match(await textOf(region('Not deciding')), /Valid under the schema .*Cost/)
    assert.match(await textOf(region('Fixed beforehand')), /Latency, typical \+25 %.*Evaluators groundedness/)
  })

  it('gives every cohort its own answer, and leads to its pairs', async () => {
    await open(`experiment=${orders.id}&tab=cohorts`)
    const rows = page.getByRole('table', { name: 'Cohorts' }).locator('tbody tr')
    await rows.first().waitFor()
    const names = (await rows.locator('th').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))
    const keys = ['tenant acme', 'tenant globex', 'tenant initech', 'metadata.app mail', 'metadata.app web']
    assert.deepEqual(names, ['All traffic', ...keys])
    await rows.getByRole('button', { name: 'tenant initech' }).click()
    await items().first().waitFor()
    assert.equal(await page.getByLabel('Cohort', { exact: true }).inputValue(), '=tenant=initech')
    assert.match(await textOf(pane()), /tenant initech/)
  })

  it('follows a comparison that goes on, with the reasons of scores', async () => {
    const send = async (text: string) => assert.equal((await gateway.chat(ask('live', text))).status, 200)
    await send('Hello')
    const made = await until('a pair is there', async () => {
      const { data } = await gateway.admin<{ data: { id: string; route: string; pairs: number }[] }>('experiments')
      return data.find(({ route, pairs: count }) => route === 'live' && count === 1) ?? null
    })
    await open(`experiment=${made.id}&tab=pairs`)
    await items().first().waitFor()
    await page.keyboard.press('b')
    await pane().getByText('sandbox/lorem').waitFor()
    await pane().getByText('The reply is too short: it has 5 characters').waitFor()
    await send('Hello again')
    await page.getByRole('button', { name: '1 newer request: show' }).click()
    await until('it is listed', async () => (await items().count()) === 2)
  })

  it('ends a comparison, once that has been confirmed', async () => {
    await open(`experiment=${orders.id}`)
    await page.getByRole('button', { name: 'End…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('begins another comparison').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'End…' }).click()
    await dialog.getByRole('button', { name: 'End it' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('ended', { exact: true }).waitFor()
    assert.notEqual((await gateway.admin<ExperimentDetail>(`experiments/${orders.id}`)).ended_at, null)
    assert.equal(await page.getByRole('button', { name: 'End…' }).count(), 0)
  })

  it('marks a route whose quality nothing measures', async () => {
    await page.goto(`${gateway.url}/routes`)
    const chain = (name: string) =>
      page.locator('.chain-head', { has: page.getByRole('button', { name, exact: true }) })
    await chain('plain').getByText('no evaluators: quality is not measured').waitFor()
    assert.equal(await chain('live').getByText('no evaluators').count(), 0)
  })

  it('shows a viewer verdicts, and neither texts nor votes', async () => {
    const token = readFileSync(gateway.home.viewerToken, 'utf8').trim()
    await page.evaluate("fetch('/admin/api/session', { method: 'DELETE' })")
    await page.goto(`${gateway.url}/`)
    await page.getByLabel('One-time code, admin token or viewer token').fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('footer .mark', { hasText: 'viewer' }).waitFor()
    await open(`experiment=${support.id}&tab=pairs`)
    await region('Coverage').waitFor()
    assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['Verdict', 'Cohorts'])
    assert.equal(await page.getByRole('button', { name: 'End…' }).count(), 0)
    await page.getByRole('tab', { name: 'Cohorts' }).click()
    const table = page.getByRole('table', { name: 'Cohorts' })
    await table.getByText('globex').waitFor()
    assert.equal(await table.getByRole('button').count(), 0)
  })

  it('breaks no rule of the page’s policy', () => assert.deepEqual(signedIn.complaints, []))
})
