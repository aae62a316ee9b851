import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { checkOf, entryOf, lookUpOf, scopeOf, seedCache } from '../http/cache-seed.ts'
import { bearer, issueKey } from '../http/keys/issue.ts'
import { until } from '../http/until.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = (url: string, cache: Record<string, string>) => `version: 1
providers:
  up: { kind: openai-compatible, base_url: "${url}/v1" }
routes:
  support:
    # the desk
    targets: [{ provider: up, model: m }]${cache.support ?? ''}
  facts: { targets: [{ provider: up, model: m }]${cache.facts ?? ''} }
`

/** An entry that was forgotten is not there any more, and seeded look-ups come from requests that never were. */
const EXPECTED = /Failed to load resource: the server responded with a status of 404/

describe('Cache in a real browser', () => {
  let gateway: TestGateway
  let upstream: FakeUpstream
  let signedIn: SignedIn
  let page: Page

  before(async () => {
    await buildUi()
    upstream = await startFakeUpstream(() => goodReply('Paris, on the Seine.'))
    gateway = await startGateway(
      CONFIG(upstream.url, {
        support: '\n    cache: { mode: semantic, threshold: 0.8 }   # tuned by hand',
        facts: ', cache: { mode: exact }',
      }),
    )
    signedIn = await signIn(gateway, EXPECTED)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
    await upstream.close()
  })

  const say = async (route: string, text: string, headers = {}) => {
    const reply = await gateway.chat(ask(route, text), headers)
    await reply.text()
    return reply.headers.get('x-gatehouse-cache')
  }
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
  const textOf = async (selector: string) => (await page.locator(selector).innerText()).replace(/\s+/g, ' ')
  const slider = () => page.getByRole('slider', { name: 'Threshold to try' })
  const verdict = () => page.getByRole('region', { name: 'What would change' })
  const lookUps = () => page.locator('.look-up')

  it('is reached by keyboard, and shows what was saved, for whom', async () => {
    await say('support', 'What is the capital of France?')
    await until('it is found by likeness', async () => {
      return (await say('support', "what's the capital of France")) === 'hit-semantic'
    })
    await say('support', 'What is the capital of France?')
    await say('facts', 'The tides')
    await say('facts', 'The tides', bearer(issueKey(gateway, { tenant: 'initech' }).key))
    await gateway.stored(5)
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.locator('.cache-table').waitFor()
    assert.equal(new URL(page.url()).pathname, '/cache')
    const band = await textOf('.cache-figures')
    assert.match(band, /Hit rate \d+% \d+% exact, \d+% semantic .*Saved time .*Look-up p99 [\d.]+ ms p50/)
    assert.match(band, /Wrong hits, estimated — no hit was compared yet/)
    const rows = await textOf('.cache-table')
    assert.match(rows, /support semantic \d+ \d+%.*facts exact 2 0%.* initech 1 0%.* local 1 0%/)
    assert.match(
      await textOf('.cache-storage'),
      /Kept replies 3 in 3 scopes.*of 1 GB.*of 64 MB.*Embedder builtin-lexical/,
    )
  })

  it('marks requests that it answered, and says in their detail how and from where', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    const row = page.locator('.request', { hasText: 'hit-semantic' }).first()
    await row.waitFor()
    assert.equal(await row.locator('.chip-cached').count(), 1)
    await page.locator('.request', { hasText: 'hit-exact' }).first().waitFor()
    await row.click()
    const section = page.getByRole('region', { name: 'Cache' })
    await section.waitFor()
    const text = (await section.innerText()).replace(/\s+/g, ' ')
    assert.match(text, /question of the same meaning Similarity (0\.\d{3}|1\.000) Age .* First answered req_\w+/)
    assert.match(text, /Made by up m .*Look-ups exact miss, .* semantic hit/)
    const source = await section.getByRole('button', { name: /^req_/ }).innerText()
    await section.getByRole('button', { name: /^req_/ }).click()
    await section.getByText('Nothing kept fitted').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('request'), source)
    await page.keyboard.press('Escape')
  })

  it('tries a threshold on recorded look-ups, by keyboard and by pointer', async () => {
    const far = (id: string, similarity: number, question: string, cachedQuestion: string) =>
      lookUpOf(id, similarity, { outcome: 'far', threshold: 0.8, question, cachedQuestion })
    const checks = [0.82, 0.84, 0.86, 0.9, 0.95].flatMap((similarity, index) => [
      lookUpOf(`req_c${index}`, similarity, { outcome: 'check', threshold: 0.8 }),
      checkOf(`req_c${index}`, index === 0 ? 'No, ask us.' : 'In the settings.', index === 0 ? 'different' : 'same'),
    ])
    seedCache(gateway, [
      {
        type: 'put',
        entry: entryOf('one', 'In the settings.', { question: 'How do I reset my password?' }),
        vector: null,
      },
      { type: 'put', entry: entryOf('two', 'Tomorrow.', { scope: scopeOf('globex', 'support') }), vector: null },
      ...checks,
      far('req_f1', 0.78, 'how do I reset my password', 'How do I reset my password?'),
      far('req_f2', 0.77, 'Cheap flights to Paris', 'Cheap flights to Rome'),
      lookUpOf('req_g', 0.92, { outcome: 'guarded', guard: 'numbers', threshold: 0.8 }),
    ])
    await page.goto(`${gateway.url}/cache?tab=tune&route=support&tenant=acme`)
    await slider().waitFor()
    assert.equal(await slider().inputValue(), '0.8')
    assert.ok(await verdict().getByRole('button', { name: 'Use this threshold' }).isDisabled())
    await slider().focus()
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowLeft')
    assert.match((await verdict().innerText()).replace(/\s+/g, ' '), /0\.760 1 would become hits 0 would stop/)
    const flips = page.getByRole('region', { name: 'Look-ups that would flip' })
    assert.equal(await flips.locator('.flip').count(), 1, 'what a guard keeps apart does not flip')
    for (let step = 0; step < 14; step += 1) await page.keyboard.press('ArrowRight')
    assert.match(
      (await verdict().innerText()).replace(/\s+/g, ' '),
      /0\.830 0 would become hits 1 would stop being hits, 1 of them judged wrong 4 would be served in all/,
    )
    const plot = (await page.locator('.similarity-plot').boundingBox())!
    await page.mouse.move(plot.x + plot.width / 2, plot.y + 60)
    await page.mouse.down()
    await page.mouse.move(plot.x + plot.width * 0.75, plot.y + 60, { steps: 4 })
    await page.mouse.up()
    const start = Number(await slider().getAttribute('min'))
    assert.ok(Math.abs((await slider().inputValue().then(Number)) - (start + (1 - start) * 0.75)) <= 0.005)
    const line = (await page.locator('.similarity-plot [data-kind=tried]').boundingBox())!
    assert.ok(Math.abs(line.x + line.width / 2 - (plot.x + plot.width * 0.75)) < 6, 'the line is where it was dropped')
    assert.match((await flips.innerText()).replace(/\s+/g, ' '), /asked how do i reset my password kept How do I reset/)
  })

  it('makes the threshold a draft of the route, which runs once it is applied', async () => {
    const chosen = Number(await slider().inputValue())
    await verdict().getByRole('button', { name: 'Use this threshold' }).click()
    const editor = page.locator('.route-editor')
    await editor.getByRole('heading', { name: 'support' }).waitFor()
    assert.equal(new URL(page.url()).pathname, '/routes')
    assert.equal(await editor.getByLabel('Threshold').inputValue(), String(chosen))
    await editor.getByText('Valid. Not running yet.').waitFor()
    assert.match(readFileSync(gateway.home.config, 'utf8'), /threshold: 0\.8 \}/)
    await editor.getByRole('button', { name: 'Review changes' }).click()
    await editor.getByRole('button', { name: 'Apply' }).click()
    await editor.getByText('Runs as revision').waitFor()
    assert.equal(gateway.app.config.current().routes.get('support')!.settings.cache!.semantic.threshold, chosen)
    assert.match(readFileSync(gateway.home.config, 'utf8'), /# tuned by hand/)
  })

  it('sets the cache of a route in its form, and takes all of it away again', async () => {
    const editor = page.locator('.route-editor')
    const section = editor.getByRole('region', { name: 'Cache' })
    await section.getByLabel('Shared by').selectOption('user')
    await section.getByLabel('Lifetime').fill('2h')
    await editor.getByText('Valid. Not running yet.').waitFor()
    await section.getByLabel('Mode').selectOption('off')
    assert.equal(await section.getByLabel('Lifetime').count(), 0)
    await editor.getByText('Valid. Not running yet.').waitFor()
    await editor.getByRole('button', { name: 'Discard' }).click()
    await editor.getByText('As it runs').waitFor()
    assert.equal(await section.getByLabel('Mode').inputValue(), 'semantic')
  })

  it('takes verdicts by keyboard, says what they do, and forgets a wrong answer', async () => {
    await page.goto(`${gateway.url}/cache?tab=review&tenant=acme`)
    await lookUps().first().waitFor()
    const count = await lookUps().count()
    assert.equal(count, 5, 'hits and what would have been some')
    await page.getByText('Wrong counts against it').waitFor()
    await page.keyboard.press('j')
    assert.equal(await lookUps().nth(1).getAttribute('aria-current'), 'true')
    await page.keyboard.press('1')
    await lookUps().nth(1).getByText('right', { exact: true }).waitFor()
    await page.locator('.look-up:nth-child(3)[aria-current=true]').waitFor()
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('j')
    const last = lookUps().nth(4)
    const text = (await last.innerText()).replace(/\s+/g, ' ')
    assert.match(text, /answers differ.*Kept answer In the settings\. Fresh answer No, ask us\./)
    await page.keyboard.press('0')
    await last.getByText('wrong', { exact: true }).waitFor()
    await until('the entry is gone', async () => {
      const { data } = await gateway.admin<{ data: { key: string }[] }>('cache/entries?tenant=acme')
      return data.every(({ key }) => key !== 'one')
    })
    await page.getByLabel('Which look-ups').selectOption({ label: 'Compared: answers differ' })
    await page.getByText('Nothing is left to judge here').waitFor()
    await page.getByLabel('Only those nobody has judged').uncheck()
    await lookUps().first().getByText('wrong', { exact: true }).waitFor()
    await lookUps().first().getByText('The entry is gone.').waitFor()
    await page.getByLabel('Which look-ups').selectOption({ label: 'Kept apart by a guard' })
    await lookUps().first().getByText('nothing was served that could be judged').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Wrong' }).count(), 0)
  })

  it('browses what is kept, and forgets one reply', async () => {
    await page.goto(`${gateway.url}/cache?tab=browse`)
    const rows = page.locator('.entry-table tbody tr')
    await rows.first().waitFor()
    assert.equal(await rows.count(), 4)
    await page.keyboard.press('/')
    await page.keyboard.type('CAPITAL')
    await rows.nth(1).waitFor({ state: 'detached' })
    assert.match((await rows.first().innerText()).replace(/\s+/g, ' '), /What is the capital of France\? support local/)
    await page.getByRole('button', { name: 'What is the capital of France?' }).click()
    const panel = page.locator('.slide-over')
    await panel.locator('.answer', { hasText: 'Paris, on the Seine.' }).waitFor()
    assert.match((await panel.innerText()).replace(/\s+/g, ' '), /Shared by local on route support.*Hits [1-9]/)
    await panel.getByRole('button', { name: 'Forget it' }).click()
    await page.getByText(/^Forgot this reply: 1 reply/).waitFor()
    await page.getByText('No kept reply is like that.').waitFor()
    assert.equal(await say('support', 'What is the capital of France?'), 'miss')
  })

  it('purges a tenant once its name is typed, says how much went, and notes it', async () => {
    await page.goto(`${gateway.url}/cache?tab=browse`)
    await page.getByRole('button', { name: 'Purge…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Tenant').selectOption({ label: 'globex' })
    await dialog.getByText('1 reply,').waitFor()
    const go = dialog.getByRole('button', { name: 'Purge', exact: true })
    await dialog.getByLabel('Type globex to go on').fill('globe')
    assert.ok(await go.isDisabled())
    await dialog.getByLabel('Type globex to go on').fill('globex')
    await page.keyboard.press('Enter')
    await page.getByText(/^Forgot globex: 1 reply, [\d.]+ k?B\.$/).waitFor()
    await page.getByRole('button', { name: 'Purge…' }).click()
    await dialog.getByText('everything').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await tab('Audit')
    const trail = page.getByRole('row').filter({ hasText: 'session' })
    await trail.first().waitFor()
    const lines = (await trail.allInnerTexts()).map((line) => line.replace(/\s+/g, ' '))
    assert.match(lines[0]!, /Purged tenant globex: 1 reply/)
    assert.match(lines[1]!, /Purged reply .*: 1 reply/)
    assert.match(lines[2]!, /look-up \d+ wrong \(support, acme\)/)
    assert.match(lines[3]!, /look-up \d+ right \(support, acme\)/)
  })

  it('says what to do where nothing caches, and breaks no policy in either theme or width', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 700]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        for (const name of ['Overview', 'Tune', 'Review', 'Browse', 'Audit']) {
          await tab(name)
          await page.waitForTimeout(60)
          const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
          assert.equal(wide, false, `${name} at ${width}`)
        }
      }
    assert.deepEqual(signedIn.complaints, [])
    const bare = await startGateway(CONFIG(upstream.url, {}))
    const fresh = await signIn(bare)
    try {
      await fresh.page.goto(`${bare.url}/cache`)
      await fresh.page.getByText('No route caches yet').waitFor()
      await fresh.page.goto(`${bare.url}/cache?tab=tune`)
      await fresh.page.getByText('No route compares questions yet').waitFor()
      await fresh.page.getByRole('link', { name: 'Open Routes' }).click()
      await fresh.page.locator('.chain-table').waitFor()
      assert.deepEqual(fresh.complaints, [])
    } finally {
      await fresh.close()
      await bare.stop()
    }
  })
})
