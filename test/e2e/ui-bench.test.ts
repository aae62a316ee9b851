import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import type { ExperimentRow, PairPage, RequestPage } from '../../server/http/admin/schemas.ts'
import { askAdmin } from '../http/admin.ts'
import { until } from '../http/until.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = (url: string) => `version: 1
providers:
  box: { kind: vllm, base_url: "${url}/v1", residency: local }
routes:
  support: { targets: [{ provider: sandbox, model: echo }, { provider: sandbox, model: lorem }] }
`
const WORDS = 'one two three four five six seven eight nine ten eleven twelve'

describe('Bench in a real browser', () => {
  let gateway: TestGateway
  let upstream: FakeUpstream
  let signedIn: SignedIn
  let page: Page

  before(async () => {
    await buildUi()
    const list = { object: 'list', data: [{ id: 'llama-4-scout' }, { id: 'qwen3-14b' }] }
    upstream = await startFakeUpstream(() => ({ chunks: [JSON.stringify(list)] }))
    gateway = await startGateway(CONFIG(upstream.url))
    signedIn = await signIn(gateway)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
    await upstream.close()
  })

  const model = (place: number) => page.getByRole('combobox', { name: `Model ${place}` })
  /** While the list is open, the rest of the page is not there for those who have it read to them. */
  const type = async (place: number, target: string) => {
    await model(place).fill(target)
    await page.keyboard.press('Escape')
  }
  const column = (place: number) => page.getByRole('region', { name: `Reply ${place}` })
  const prompt = () => page.getByRole('textbox', { name: 'Prompt', exact: true })
  const textOf = async (place: number) => (await column(place).innerText()).replace(/\s+/g, ' ')
  const says = (words: string | RegExp) => page.locator('.bench-foot', { hasText: words }).waitFor()
  const asked = async () => (await gateway.admin<RequestPage>('requests?purpose=bench&limit=100')).data

  it('is reached by keyboard, begins with what routes have, and lists what providers have', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await model(1).waitFor()
    assert.equal(new URL(page.url()).pathname, '/bench')
    assert.deepEqual([await model(1).inputValue(), await model(2).inputValue()], ['sandbox/echo', 'sandbox/lorem'])
    assert.ok(await page.getByRole('button', { name: /^Run/ }).isDisabled(), 'there is nothing to ask yet')
    assert.equal(upstream.seen.length, 0, 'nobody wanted to know yet')
    await model(2).click()
    await page.getByRole('option', { name: 'qwen3-14b' }).waitFor()
    assert.ok(await page.getByRole('option', { name: /^echo/ }).isVisible())
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Add a model' }).click()
    await model(3).fill('slo')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.equal(await model(3).inputValue(), 'sandbox/slow')
  })

  it('asks three models, shows what they say while they say it, and keeps pairs', async () => {
    await prompt().fill(WORDS)
    await page.getByLabel('Max tokens').fill('40')
    await page.getByLabel('All at once').check()
    await prompt().press('Control+Enter')
    await until('the slow one has begun and not ended', async () => {
      const text = await textOf(3)
      return text.includes('one two') && !text.includes('twelve')
    })
    await page.getByRole('button', { name: /^Stop/ }).waitFor()
    await says('Saved as 2 pairs.')
    assert.match(await textOf(1), /First token [\d.]+ m?s.* Tokens\/s [\d,]+.* Duration .* Tokens 1\d .*one two three/)
    assert.match(await textOf(2), /lorem ipsum dolor .* Kept as a pair with sandbox\/echo: Compare/)
    assert.match(await textOf(3), /Duration 1\.\d+ s.* eleven twelve Request/)
    assert.equal(await page.locator('.bench-best', { hasText: 'first' }).count(), 1)
    assert.equal(await page.locator('.bench-best', { hasText: 'fastest' }).count(), 1)
    assert.equal(await column(3).locator('.bench-best').count(), 0, 'the slow one is best in nothing')
    const requests = await asked()
    assert.equal(requests.length, 3)
  })

  it('leads from a reply to its pair and to its request, and is as it was when one comes back', async () => {
    await column(2).getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('tab', { name: 'Pairs', selected: true }).waitFor()
    const { data } = await gateway.admin<{ data: ExperimentRow[] }>('experiments')
    const named = new URL(page.url()).searchParams.get('experiment')
    const experiment = data.find(({ id }) => id === named)!
    assert.deepEqual(
      [experiment.kind, experiment.baseline, experiment.candidate],
      ['bench', 'sandbox/echo', 'sandbox/lorem'],
    )
    const { data: pairs } = await gateway.admin<PairPage>(`experiments/${experiment.id}/pairs`)
    assert.equal(pairs[0]!.texts?.baseline?.text, WORDS)
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    assert.match(await textOf(3), /eleven twelve/)
    await column(1).getByRole('button', { name: 'Request' }).click()
    await page.getByRole('dialog').getByText('sandbox/echo').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('is stopped by keyboard, and whoever has not been asked is not asked', async () => {
    const before = (await asked()).length
    await type(1, 'sandbox/slow')
    await type(3, 'sandbox/echo')
    await page.getByLabel('One after the other').check()
    await page.keyboard.press('Control+Enter')
    await until('it speaks', async () => (await textOf(1)).includes('one two'))
    assert.match(await textOf(2), /Waits for its turn/)
    await page.keyboard.press('Escape')
    await says('Stopped. Nothing of it was kept as pairs.')
    assert.match(await textOf(1), /one two.* Stopped\.$/)
    await until('it is recorded', async () => (await asked()).length > before)
    assert.deepEqual(
      (await asked()).slice(0, -before).map(({ route, status }) => [route, status]),
      [['sandbox/slow', 499]],
    )
  })

  it('says in its place what a model failed with, and what is wrong before anything is asked', async () => {
    await type(1, 'sandbox/echo')
    await type(2, 'sandbox/fail-500')
    await column(3).getByRole('button', { name: 'Remove model 3' }).click()
    await page.getByRole('button', { name: /^Run/ }).click()
    await column(2).getByRole('alert').filter({ hasText: 'The provider answered 500' }).waitFor()
    await says('Saved as 1 pair.')
    await type(2, 'nowhere/x')
    await column(2).getByText('There is no provider “nowhere”.').waitFor()
    assert.ok(await page.getByRole('button', { name: /^Run/ }).isDisabled())
    assert.match(await textOf(2), /Of sandbox\/fail-500/, 'what stands there is of the model before')
  })

  it('is not for those who may only read', async () => {
    const { link } = (await (await askAdmin(gateway, 'signin-links?role=viewer', { method: 'POST' })).json()) as {
      link: string
    }
    const viewer = await page.context().browser()!.newPage()
    await viewer.goto(link)
    await viewer.waitForSelector('nav')
    await viewer.goto(`${gateway.url}/bench`)
    await viewer.getByText('You are signed in as a viewer').waitFor()
    assert.equal(await viewer.getByRole('button', { name: /^Run/ }).count(), 0)
    await viewer.close()
    assert.deepEqual(signedIn.complaints, [])
  })
})
