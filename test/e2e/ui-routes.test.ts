import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { contentOf, GATED_TEXT, type GatedUpstream, startGatedUpstream } from '../http/gated-upstream.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

/** Chromium's own line for an answer that the page expects: a conflict, or a request that cannot be explained. */
const EXPECTED = /Failed to load resource: the server responded with a status of (409|404|400)/

describe('Routes in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page
  let upstream: FakeUpstream
  let gated: GatedUpstream

  before(async () => {
    await buildUi()
    upstream = await startFakeUpstream(({ path }) =>
      path.startsWith('/bad') ? { status: 503, chunks: ['{"error":{"message":"overloaded"}}'] } : goodReply(),
    )
    gated = await startGatedUpstream()
    gateway = await startGateway(`# The top of the file.
version: 1
providers:
  good:  { kind: openai-compatible, base_url: "${upstream.url}/good/v1", max_concurrency: 3 }   # aligned
  bad:   { kind: openai-compatible, base_url: "${upstream.url}/bad/v1" }
  gated: { kind: openai-compatible, base_url: "${gated.url}/v1" }
routes:
  # What the help desk calls.
  support:
    targets:
      # the one that fails
      - { provider: bad, model: x }
      # the spare
      - { provider: good, model: y }
    when:
      - if: { metadata.tier: gold }
        use: [good/z]
    breaker: { failures: 2, window: 5m, cooldown: 5m }
  slow:
    targets:
      - { provider: gated, model: g }
`)
    signedIn = await signIn(gateway, EXPECTED)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
    await upstream.close()
    await gated.close()
  })

  const editor = () => page.locator('.route-editor')
  const chain = (name: string) =>
    page.locator('.chain-table tbody', { has: page.getByRole('button', { name, exact: true }) })
  const target = (route: string, text: string) => chain(route).locator('tr.chain-target', { hasText: text })
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
  const code = () => editor().locator('.cm-content')
  const onDisk = () => readFileSync(gateway.home.config, 'utf8')
  /** Puts the cursor at the end of a line of the editor. */
  const goToLine = async (text: string) => {
    await code().locator('.cm-line', { hasText: text }).first().click()
    await page.keyboard.press('End')
  }
  const apply = async () => {
    await editor().getByRole('button', { name: 'Review changes' }).click()
    await editor().getByRole('button', { name: 'Apply' }).click()
    await editor().getByText('Runs as revision').waitFor()
  }

  it('is reached by keyboard and shows each route as its chain, with shares and an open breaker', async () => {
    for (let index = 0; index < 4; index += 1) assert.equal((await gateway.chat(ask('support'))).status, 200)
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await target('support', 'bad x').waitFor()
    assert.match((await chain('support').textContent()) ?? '', /supportpriority.*4 requests.*if metadata.tier = gold/s)
    await target('support', 'bad x').getByText('open', { exact: false }).waitFor()
    assert.match((await target('support', 'bad x').textContent()) ?? '', /open\s*\d+ (s|m)33%/)
    assert.match((await target('support', 'good y').textContent()) ?? '', /ready67%.*0\/3Drain/)
    assert.match((await target('slow', 'gated g').textContent()) ?? '', /ready—/)
  })

  it('opens the editor by keyboard, with the route as a form', async () => {
    await page.keyboard.press('j')
    await editor().getByRole('heading', { name: 'support' }).waitFor()
    assert.equal(new URL(page.url()).search, '?route=support')
    assert.equal(await editor().getByLabel('Strategy').inputValue(), 'priority')
    assert.equal(await editor().getByLabel('Model of target 2').inputValue(), 'y')
    assert.match((await editor().textContent()) ?? '', /1 condition/)
    assert.ok(await editor().getByRole('button', { name: 'Review changes' }).isDisabled())
    // The close button, the tabs, the panel, and its first field.
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Tab')
    assert.ok(
      await editor()
        .getByLabel('Strategy')
        .evaluate((field) => field === field.ownerDocument.activeElement),
    )
  })

  it('writes what the form says into the text, and leaves the rest as it is', async () => {
    await editor().getByLabel('Retries').fill('2')
    await editor().getByLabel('First token').fill('20s')
    await editor().getByRole('button', { name: 'Move target 2 up' }).click()
    await editor().getByText('Valid. Not running yet.').waitFor()
    await tab('YAML')
    await code().waitFor()
    const text = (await code().innerText()).replaceAll('\u00a0', ' ')
    assert.match(text, /# aligned/)
    assert.match(text, /# the spare\n.*good.*\n.*# the one that fails\n.*bad/)
    assert.match(text, /retry: \{ max: 2 \}/)
    assert.match(text, /timeouts: \{ first_token: 20s \}/)
    assert.doesNotMatch(onDisk(), /first_token/)
  })

  it('keeps the text while one looks at another page', async () => {
    await tab('Form')
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.waitForSelector('h1:has-text("Live")')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByText('edited', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'support', exact: true }).click()
    assert.equal(await editor().getByLabel('Retries').inputValue(), '2')
    const asked = page.waitForEvent('dialog')
    const left = page.evaluate('location.reload()').catch(() => {})
    const dialog = await asked
    assert.equal(dialog.type(), 'beforeunload')
    await dialog.dismiss()
    await left
    assert.equal(await editor().getByLabel('Retries').inputValue(), '2')
  })

  it('shows a mistake at its line as it is typed, with what was meant, and does not apply it', async () => {
    await tab('YAML')
    await goToLine('breaker:')
    await page.keyboard.type('\nstratgy: weighted')
    await page.keyboard.press('Escape')
    const problem = editor().getByRole('button', { name: /stratgy.*did you mean "strategy"/ })
    await problem.waitFor()
    await editor().locator('.cm-lintRange-error', { hasText: 'stratgy' }).waitFor()
    const line = /line (\d+)/.exec((await problem.textContent()) ?? '')![1]!
    assert.equal(await editor().locator('.cm-activeLineGutter', { hasText: line }).count(), 1)
    await editor().getByRole('button', { name: 'Review changes' }).click()
    assert.ok(await editor().getByRole('button', { name: 'Apply' }).isDisabled())
    await editor().getByRole('button', { name: 'Back' }).click()
  })

  it('makes the form read-only while the text is no YAML', async () => {
    await goToLine('stratgy')
    await page.keyboard.type(': [')
    await editor()
      .getByRole('button', { name: /Nested mappings/ })
      .waitFor()
    await tab('Form')
    await editor().getByText('The form can be used again').waitFor()
    assert.ok(await editor().getByLabel('Retries').isDisabled())
    assert.equal(await editor().getByLabel('Retries').inputValue(), '2')
    await editor().getByRole('button', { name: 'Show YAML' }).click()
    await goToLine('stratgy')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await editor().getByText('Valid. Not running yet.').waitFor()
  })

  it('completes keys from the schema', async () => {
    await goToLine('breaker:')
    await page.keyboard.type('\non_str')
    await editor().locator('.cm-tooltip-autocomplete', { hasText: 'on_stream_failure' }).waitFor()
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    await editor().locator('.cm-tooltip-autocomplete', { hasText: 'resume' }).waitFor()
    await page.waitForTimeout(100)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await code().getByText('on_stream_failure: resume').waitFor()
  })

  it('shows the difference, applies it, and the next request follows while a stream goes on', async () => {
    const stream = await gateway.chat(ask('slow', 'Hi', { stream: true }))
    await gated.arrived(1)
    await editor().getByRole('button', { name: 'Review changes' }).click()
    await editor().locator('.cm-deletedChunk').first().waitFor()
    const diff = (await editor().locator('.cm-content').innerText()).replaceAll('\u00a0', ' ')
    assert.match(diff, /retry: \{ max: 2 \}/)
    assert.match(diff, /unchanged lines/)
    await editor().getByRole('button', { name: 'Apply' }).click()
    await editor().getByText('Runs as revision').waitFor()
    const reply = await gateway.chat(ask('support'))
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'good')
    assert.equal(reply.headers.get('x-gatehouse-attempts'), '1')
    const { settings } = gateway.app.config.current().routes.get('support')!
    assert.deepEqual([settings.retry.max, settings.timeouts.firstTokenMs, settings.resumeStreams], [2, 20_000, true])
    assert.match(onDisk(), /# aligned\n/)
    await target('support', 'good y').first().waitFor()

    await page.getByRole('button', { name: 'slow', exact: true }).click()
    await tab('Form')
    await editor().getByLabel('Provider of target 1').selectOption('sandbox')
    await editor().getByLabel('Model of target 1').fill('echo')
    await apply()
    const next = await gateway.chat(ask('slow'))
    assert.equal(next.headers.get('x-gatehouse-provider'), 'sandbox')
    gated.release()
    assert.equal(contentOf(await stream.text()), GATED_TEXT)
  })

  it('says when someone else changed the file, and keeps the text against what runs now', async () => {
    await editor().getByLabel('Total').fill('3m')
    const mine = gateway.app.config.current().revision
    writeFileSync(gateway.home.config, `${onDisk()}# by hand\n`)
    await editor().getByText('was changed elsewhere').waitFor()
    assert.notEqual(gateway.app.config.current().revision, mine)
    await editor().getByRole('button', { name: 'Keep my text' }).click()
    await editor().getByRole('button', { name: 'Review changes' }).click()
    await editor().locator('.cm-deletedChunk', { hasText: '# by hand' }).waitFor()
    await editor().getByRole('button', { name: 'Back' }).click()
    await editor().getByRole('button', { name: 'Discard' }).click()
    await editor().getByText('As it runs').waitFor()
    assert.equal(await editor().getByLabel('Total').inputValue(), '')
  })

  it('replaces a version that was refused only on purpose', async () => {
    const good = onDisk()
    await editor().getByLabel('Total').fill('4m')
    writeFileSync(gateway.home.config, good.replace('version: 1', 'version: 2'))
    await page.waitForSelector('footer:has-text("Config edit refused")')
    await editor().getByRole('button', { name: 'Review changes' }).click()
    await editor().getByText('holds a newer version that was refused (line 2').waitFor()
    await editor().getByRole('button', { name: 'Replace it' }).click()
    await editor().getByText('Runs as revision').waitFor()
    assert.equal(gateway.app.config.current().routes.get('slow')!.settings.timeouts.totalMs, 240_000)
    assert.equal(gateway.app.config.status.rejected, null)
  })

  it('begins a new route, which takes requests once it is applied', async () => {
    await page.getByRole('button', { name: 'Add route' }).click()
    await page.keyboard.type('support')
    await page.keyboard.press('Enter')
    await page.getByText('There is a route of that name').waitFor()
    await page.getByLabel('Name of the route').fill('fresh')
    await page.keyboard.press('Enter')
    await editor().getByRole('heading', { name: 'fresh' }).waitFor()
    await apply()
    assert.equal((await gateway.chat(ask('fresh'))).status, 200)
    await target('fresh', 'sandbox echo').waitFor()
  })

  it('drains a target, which the next request avoids, and undoes it', async () => {
    await page.getByRole('button', { name: 'Drain good/y' }).click()
    await target('support', 'good y').getByText('drained').waitFor()
    upstream.seen.length = 0
    await (await gateway.chat(ask('support'))).text()
    assert.ok(!upstream.seen.some(({ path }) => path.startsWith('/good')))
    await page.getByRole('button', { name: 'Undo' }).click()
    await target('support', 'good y').getByText('ready').waitFor()
    await (await gateway.chat(ask('support'))).text()
    assert.ok(upstream.seen.some(({ path }) => path.startsWith('/good')))
  })

  it('explains a pasted request without calling anyone', async () => {
    await page.getByRole('button', { name: 'support', exact: true }).click()
    await tab('Explain')
    upstream.seen.length = 0
    const request = { model: 'support', messages: [{ role: 'user', content: 'Hi' }], metadata: { tier: 'gold' } }
    await editor().getByLabel('A request, as an app would send it').fill(JSON.stringify(request))
    await editor().getByRole('button', { name: 'Explain', exact: true }).click()
    const explanation = editor().getByRole('region', { name: 'Explanation' })
    await explanation.waitFor()
    const text = (await explanation.textContent()) ?? ''
    assert.match(text, /^Would callgood\/z/)
    assert.match(text, /matches→ good\/z.*metadata\.tier \$eq gold.*here gold/)
    assert.match(text, /Order of targets1good z.*ready.*called first.*openai-chat, bytes as they are/)
    await editor().getByLabel('A request, as an app would send it').fill('{ "messages": []')
    await editor().getByText('This is not JSON').waitFor()
    assert.ok(await editor().getByRole('button', { name: 'Explain', exact: true }).isDisabled())
    assert.equal(upstream.seen.length, 0)
  })

  it('closes by keyboard, and breaks no policy in either theme', async () => {
    await page.keyboard.press('Escape')
    assert.equal(await editor().count(), 1, 'first out of the field')
    await page.keyboard.press('Escape')
    await editor().waitFor({ state: 'detached' })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: 'support', exact: true }).click()
    await tab('YAML')
    await code().waitFor()
    assert.deepEqual(signedIn.complaints, [])
  })
})
