import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import type { AuditPage, ExperimentRow, RouteList } from '../../server/http/admin/schemas.ts'
import { askAdmin } from '../http/admin.ts'
import { until } from '../http/until.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = `version: 1
routes:
  support:
    # Why echo: ask Ada.
    targets: [ { provider: sandbox, model: echo } ]
    evaluators: { watch: [ non-empty ] }
    mirror: { target: sandbox/right-90, sample: 1, when: always, self: 0, max_concurrency: 8 }
  facts:
    targets: [ { provider: sandbox, model: echo } ]
    mirror: { target: sandbox/fail-500, sample: 1, when: always, self: 0, max_concurrency: 8 }
`
const REASON = 'It was measured by hand last week.'

describe('Promote in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page
  /** By route. */
  let experiments: Map<string, string>

  before(async () => {
    await buildUi()
    gateway = await startGateway(CONFIG)
    for (const route of ['support', 'facts']) await (await gateway.chat(ask(route))).text()
    experiments = await until('both are compared', async () => {
      const { data } = await gateway.admin<{ data: ExperimentRow[] }>('experiments')
      return data.length === 2 && new Map(data.map(({ route, id }) => [route!, id]))
    })
    signedIn = await signIn(gateway)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
  })

  const onDisk = () => readFileSync(gateway.home.config, 'utf8')
  const panel = () => page.getByRole('region', { name: 'Promotion' })
  const dialog = () => page.getByRole('dialog')
  const wordsOf = async (locator: ReturnType<Page['locator']>) => (await locator.innerText()).replace(/\s+/g, ' ')
  const open = (route: string) => page.goto(`${gateway.url}/compare?experiment=${experiments.get(route)}`)
  const stops = () =>
    panel()
      .getByRole('list', { name: 'Steps', exact: true })
      .getByRole('listitem')
      .evaluateAll((items) => items.map((item) => `${item.children[1]!.textContent} ${item.dataset.place}`))
  /** How many of so many requests the candidate answered. */
  const traffic = async (route: string, count: number) => {
    let moved = 0
    for (let from = 0; from < count; from += 10) {
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, index) => gateway.chat(ask(route, `Question ${from + index}`))),
      )
      await Promise.all(replies.map((reply) => reply.text()))
      moved += replies.filter((reply) => reply.headers.get('x-gatehouse-model') !== 'echo').length
    }
    return moved
  }
  const override = async (candidate: string) => {
    await panel()
      .getByRole('button', { name: /^Promote/ })
      .click()
    await dialog().getByLabel(`Type ${candidate}`).fill(candidate)
    await dialog().getByLabel('Why, for the audit trail').fill(REASON)
    await dialog()
      .getByRole('button', { name: `Override and send 5% to ${candidate}` })
      .click()
    await dialog().waitFor({ state: 'detached' })
    await panel().getByText('Promotion under way').waitFor()
  }

  it('shows what would change, and wants the candidate by name and a reason against the verdict', async () => {
    await open('support')
    assert.match(
      await wordsOf(panel()),
      /in steps, 5 → 25 → 100%.* Without a verdict of non-inferior it takes an override/,
    )
    await panel().getByRole('button', { name: 'Promote…' }).click()
    const diff = dialog().getByLabel('Config file, first step, 5%')
    await diff.waitFor()
    assert.match(await diff.innerText(), /rollout: \{ target: sandbox\/right-90, share: 0\.05 \}/)
    await dialog().getByRole('tab', { name: 'Once complete' }).click()
    const complete = dialog().getByLabel('Config file, once complete')
    await complete.waitFor()
    assert.match(await complete.innerText(), /model: right-90 \}, \{ provider: sandbox, model: echo/)
    const button = dialog().getByRole('button', { name: 'Override and send 5% to sandbox/right-90' })
    assert.ok(await button.isDisabled())
    await dialog().getByLabel('Type sandbox/right-90').fill('sandbox/right-9')
    await dialog().getByLabel('Why, for the audit trail').fill(REASON)
    assert.ok(await button.isDisabled(), 'the name is not whole')
    await dialog().getByLabel('Type sandbox/right-90').fill('sandbox/right-90')
    await dialog().getByLabel('Why, for the audit trail').fill('Because')
    await dialog().getByText('3 more characters').waitFor()
    assert.ok(await button.isDisabled(), 'that is no reason')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    assert.equal(onDisk(), CONFIG)
  })

  it('moves traffic step by step, and says what live traffic says', async () => {
    await override('sandbox/right-90')
    assert.match(onDisk(), /rollout: \{ target: sandbox\/right-90, share: 0\.05 \}/)
    assert.deepEqual(await stops(), ['5% now', '25% next', '100% ahead'])
    await panel().getByRole('button', { name: 'Next step: 25%' }).click()
    await panel().getByRole('button', { name: 'Next step: 100%' }).waitFor()
    assert.match(onDisk(), /share: 0\.25/)
    const moved = await traffic('support', 120)
    assert.ok(moved >= 10 && moved <= 55, `${moved} of 120 at 25 %`)
    await until('the panel has counted', async () => (await wordsOf(panel())).includes(`${moved} sandbox/right-90`))
    const words = await wordsOf(panel())
    assert.match(words, new RegExp(`25% of support’s requests .* Against the verdict, by .*“${REASON}”`))
    assert.match(words, new RegExp(`${120 - moved} sandbox/echo .* Live verdict (Not enough data|Non-inferior)`))
    const metrics = panel().getByRole('table', { name: 'Metrics that decide about live traffic' })
    assert.match(await wordsOf(metrics), /Success .* 1\.000 → 1\.000 .*Score of non-empty/)
  })

  it('is marked on its route, and shows by target what evaluators say', async () => {
    const { data } = await gateway.admin<RouteList>('routes')
    assert.deepEqual(
      data.map(({ name, rollout }) => [name, rollout]),
      [
        ['support', { target: 'sandbox/right-90', share: 0.25 }],
        ['facts', null],
      ],
    )
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.locator('.chain-head', { hasText: 'support' }).getByText('25% → sandbox/right-90').waitFor()
    assert.equal(await page.locator('.rollout-badge').count(), 1)
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    const quality = page.getByRole('region', { name: 'Quality by evaluator' })
    await quality.waitFor()
    assert.match(await wordsOf(quality), /support non-empty all 2 12\d 1\.000 100% .*sandbox echo .*sandbox right-90/)
    await quality.getByRole('button', { name: 'non-empty' }).click()
    await quality.getByRole('figure', { name: 'non-empty on support' }).locator('canvas').waitFor()
  })

  it('is read only for those who may only read', async () => {
    const { link } = (await (await askAdmin(gateway, 'signin-links?role=viewer', { method: 'POST' })).json()) as {
      link: string
    }
    const viewer = await page.context().browser()!.newPage()
    await viewer.goto(link)
    await viewer.waitForSelector('nav')
    await viewer.goto(`${gateway.url}/compare?experiment=${experiments.get('support')}`)
    const shown = viewer.getByRole('region', { name: 'Promotion' })
    await shown.getByText('Promotion under way').waitFor()
    assert.equal(await shown.getByRole('button').count(), 0)
    await viewer.close()
  })

  it('goes back with one click, to the letter', async () => {
    await open('support')
    await panel().getByRole('button', { name: 'Roll back' }).click()
    await panel().getByText('Rolled back', { exact: true }).first().waitFor()
    assert.equal(onDisk(), CONFIG)
    assert.match(await wordsOf(panel()), /Somebody took it back: all of support’s traffic goes where it went before/)
    assert.deepEqual(await stops(), ['5% done', '25% left', '100% ahead'])
    assert.equal(await traffic('support', 20), 0)
    const { data } = await gateway.admin<AuditPage>('audit')
    assert.deepEqual(
      data
        .map(({ action, detail }) => [action, detail.state ?? null])
        .filter(([action]) => /promotion/.test(String(action))),
      [
        ['promotion-step', 'rolled-back'],
        ['promotion-step', 'running'],
        ['promotion-begin', null],
      ],
    )
  })

  it('takes the last step and makes the candidate the first target', async () => {
    await override('sandbox/right-90')
    await panel().getByRole('button', { name: 'Next step: 25%' }).click()
    await panel().getByRole('button', { name: 'Next step: 100%' }).click()
    await panel().getByText('nothing comes back by itself any more').waitFor()
    await panel().getByRole('button', { name: 'Complete' }).click()
    await panel().getByText('sandbox/right-90 is the first target of support').waitFor()
    assert.match(
      onDisk(),
      /targets: \[\{ provider: sandbox, model: right-90 \}, \{ provider: sandbox, model: echo \}\]/,
    )
    assert.doesNotMatch(onDisk(), /right-90, sample|rollout/)
    assert.equal(
      await panel()
        .getByRole('button', { name: /^Promote/ })
        .count(),
      0,
    )
    await panel().getByText('One promotion before').waitFor()
  })

  it('goes back by itself when the candidate turns out worse', async () => {
    const before = onDisk()
    await open('facts')
    await override('sandbox/fail-500')
    await panel().getByRole('button', { name: 'Next step: 25%' }).click()
    await panel().getByRole('button', { name: 'Next step: 100%' }).waitFor()
    for (let asked = 0; asked < 600 && onDisk() !== before; asked += 50) await traffic('facts', 50)
    await panel().getByText('It was taken back by itself').waitFor()
    assert.match(await wordsOf(panel()), /Rolled back \S+ \S+ by itself Worse by Success/)
    assert.equal(onDisk(), before)
    assert.deepEqual(signedIn.complaints, [])
  })
})
