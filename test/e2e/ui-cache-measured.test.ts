import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { entryOf, lookUpOf, seedCache } from '../http/cache-seed.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { signIn } from './signed-in.ts'

/** Nobody asks the embedder: only what is said of it is looked at. */
const CONFIG = (embedder: string) => `version: 1
providers: { near: { kind: openai-compatible, base_url: 'http://127.0.0.1:9/v1' } }
cache: { embedder: ${embedder} }
routes: { support: { targets: [{ provider: sandbox, model: echo }], cache: { mode: semantic } } }
`

describe('What was measured before it shipped, in a real browser', () => {
  before(() => buildUi())

  const visit = async (embedder: string, look: (page: Page, gateway: TestGateway) => Promise<void>) => {
    const gateway = await startGateway(CONFIG(embedder))
    const { page, complaints, close } = await signIn(gateway)
    try {
      await look(page, gateway)
      assert.deepEqual(complaints, [])
    } finally {
      await close()
      await gateway.stop()
    }
  }
  const section = (page: Page) => page.getByRole('region', { name: 'Measured before it shipped' })
  const press = async (page: Page, key: string, times: number) => {
    await page.getByRole('slider', { name: 'Threshold to try' }).focus()
    for (let step = 0; step < times; step += 1) await page.keyboard.press(key)
  }
  /** How far from the top a curve lies at each threshold. */
  const curve = async (page: Page, kind: string) => {
    const points = await section(page).locator(`.curve-line[data-kind=${kind}]`).getAttribute('points')
    return points!.split(' ').map((point) => Number(point.split(',')[1]))
  }

  it('is drawn for each guard, and read at the threshold that is tried', () =>
    visit('builtin-lexical', async (page, gateway) => {
      seedCache(gateway, [
        { type: 'put', entry: entryOf('one', 'In the settings.'), vector: null },
        lookUpOf('req_a', 0.7),
        lookUpOf('req_b', 0.9),
      ])
      await page.goto(`${gateway.url}/cache?tab=tune`)
      const reading = async () => (await section(page).innerText()).replace(/\s+/g, ' ')
      await section(page).waitFor()
      assert.match(
        await reading(),
        /From 0\.50 on, with the strict guard, 9\d\.\d% of [\d,]+ reworded .* and 0% of [\d,]+ with one thing changed/,
      )
      await press(page, 'ArrowRight', 61)
      assert.match(await reading(), /From 0\.80 on, /)
      const strict = { wrong: await curve(page, 'wrong'), recall: await curve(page, 'recall') }
      await section(page).getByRole('button', { name: 'no guard' }).click()
      assert.match(await reading(), /with no guard, .* and [1-9][\d.]*% of [\d,]+ with one thing changed/)
      const none = { wrong: await curve(page, 'wrong'), recall: await curve(page, 'recall') }
      assert.ok(none.wrong[0]! < strict.wrong[0]!, 'more wrong hits are drawn higher')
      assert.ok(none.recall.every((height, index) => height <= strict.recall[index]!))
      const left = async (plot: string) => (await page.locator(`${plot} [data-kind=tried]`).boundingBox())!.x
      assert.ok(Math.abs((await left('section .curve-plot')) - (await left('.similarity-plot'))) < 1)
      await press(page, 'ArrowLeft', 80)
      assert.match(await reading(), /Nothing was measured below 0\.50\./)
    }))

  it('is there before anybody asked', () =>
    visit('builtin-lexical', async (page, gateway) => {
      await page.goto(`${gateway.url}/cache?tab=tune`)
      await page.getByText('No question had a neighbour yet').waitFor()
      await press(page, 'ArrowRight', 10)
      await section(page)
        .getByText(/^From 0\.55 on, with the strict guard, /)
        .waitFor()
    }))

  it('says how to measure an embedder that was not', () =>
    visit('{ provider: near, model: small }', async (page, gateway) => {
      await page.goto(`${gateway.url}/cache?tab=tune`)
      await section(page).getByText('was not measured before it shipped').waitFor()
      await section(page).getByText('npm run eval:cache -- --url BASE_URL --model NAME').waitFor()
      assert.equal(await section(page).locator('.curve-plot').count(), 0)
    }))
})
