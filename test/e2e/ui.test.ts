import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { type LaunchedBrowser, launchBrowser } from '../support/browser.ts'
import { startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { recordings, recordingsMissing, replay } from '../support/recordings.ts'

/** Chromium's own line for an answer that the page expects, e.g. a trace that is not stored yet. */
const EXPECTED = /Failed to load resource: the server responded with a status of 40[14]/

describe('the UI in a real browser on a real gateway', () => {
  let gateway: TestGateway
  let browser: LaunchedBrowser
  let page: Page
  const complaints: string[] = []

  before(async () => {
    await buildUi()
    gateway = await startGateway(`
version: 1
routes:
  default: { targets: [{ provider: sandbox, model: echo }] }
  support:
    targets: [{ provider: sandbox, model: fail-429 }, { provider: sandbox, model: slow }]
`)
    browser = await launchBrowser()
    page = await browser.browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text())
    })
    await page.addInitScript(
      "document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.sample}`))",
    )
  })
  after(async () => {
    await browser.close()
    await gateway.stop()
  })

  it('asks a stranger to sign in and shows nothing else', async () => {
    await page.goto(gateway.url)
    await page.waitForSelector('#secret')
    assert.doesNotMatch(await page.content(), new RegExp(gateway.app.config.current().revision))
  })

  it('signs in by the printed link, once, and takes the code out of the address', async () => {
    const link = gateway.app.signInLink()
    await page.goto('about:blank')
    await page.goto(link)
    await page.waitForSelector('h1:has-text("Overview")')
    assert.equal(new URL(page.url()).hash, '')
    const stranger = await browser.browser.newPage()
    await stranger.goto(link)
    await stranger.waitForSelector('#secret')
    await stranger.close()
  })

  it('offers a curl for this very port that works as it is', async () => {
    const curl = (await page.locator('main :text("curl -s")').last().textContent()) ?? ''
    assert.ok(curl.includes(`${gateway.url}/v1/chat/completions`), curl)
    const body = /-d '(.*)'/s.exec(curl)![1]!
    assert.equal((await gateway.chat(body)).status, 200)
  })

  it('shows a request while it runs, and a fallback at a glance', async () => {
    await page.goto(`${gateway.url}/live`)
    await page.waitForSelector('.request')
    const pending = gateway
      .chat(ask('support', 'one two three four five six', { stream: true }))
      .then((reply) => reply.text())
    await page.waitForSelector('.request[data-outcome=running]')
    await pending
    const row = page.locator('.request[data-outcome=fallback]').first()
    await row.waitFor()
    assert.match((await row.textContent()) ?? '', /support.*fail-429.*429.*slow/)
  })

  it('pauses, counts what is new, and goes on', async () => {
    const rows = () => page.locator('.request').count()
    const before = await rows()
    await page.keyboard.press(' ')
    for (let index = 0; index < 3; index += 1) await (await gateway.chat(ask('default'))).text()
    await page.waitForSelector('button[aria-pressed=true]:has-text("3 new")')
    assert.equal(await rows(), before)
    await page.keyboard.press(' ')
    await page
      .locator('.request')
      .nth(before + 2)
      .waitFor()
  })

  it('opens the detail with waterfall and attempts, by keyboard, and survives a reload', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('is:fallback')
    await page.keyboard.press('Enter')
    // The filter follows the typing with a delay: j must find only what it leaves.
    await page.waitForSelector('.request:not([data-outcome=fallback])', { state: 'detached' })
    await page.waitForSelector('.request[data-outcome=fallback]')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.waterfall-span')
    assert.match(page.url(), /request=req_/)
    await page.reload()
    await page.waitForSelector('.waterfall-span')
    const names = (await page.locator('.waterfall-span').allTextContents()).join(' ')
    for (const name of ['POST /v1/chat/completions', 'route support', 'chat fail-429', 'chat slow'])
      assert.ok(names.includes(name), `${name} is not in ${names}`)
    await page.keyboard.press('Escape')
    await page.waitForSelector('.slide-over', { state: 'detached' })
  })

  it('draws the overview in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${gateway.url}/`)
      await page.waitForSelector('canvas')
      const text = (await page.textContent('main')) ?? ''
      for (const word of ['Requests', 'Fallback', 'support', 'sandbox']) assert.ok(text.includes(word), word)
    }
  })

  it('says when an edit of the config was refused, and which line', async () => {
    const good = gateway.app.config.current().source
    writeFileSync(
      gateway.home.config,
      'version: 1\nroutes:\n  default: { targets: [{ provider: nowhere, model: x }] }\n',
    )
    await page.waitForSelector('footer:has-text("nowhere")')
    writeFileSync(gateway.home.config, good)
    await page.waitForSelector('footer:has-text("nowhere")', { state: 'detached' })
  })

  it('fetches nothing from elsewhere, breaks no policy and reports no error', async () => {
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(gateway.url) && !request.url().startsWith('data:')) foreign.push(request.url())
    })
    await page.goto(`${gateway.url}/live`)
    await page.waitForSelector('.request')
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    assert.deepEqual(foreign, [])
    assert.deepEqual(complaints, [])
  })

  it('lights up for a fallback to a recorded provider', { skip: recordingsMissing }, async () => {
    const recording = recordings('openai-chat').find(({ name }) =>
      name.includes('sse-test_chat_streaming_with_events'),
    )!
    const upstream = await startFakeUpstream(() => replay(recording))
    const source = gateway.app.config.current().source
    writeFileSync(
      gateway.home.config,
      `version: 1
providers: { recorded: { kind: openai-compatible, base_url: "${upstream.url}/v1" } }
routes: { replayed: { targets: [{ provider: sandbox, model: fail-429 }, { provider: recorded, model: gpt }] } }
`,
    )
    while (gateway.app.config.current().source === source) await page.waitForTimeout(20)
    const reply = await gateway.chat(ask('replayed', 'Hi', { stream: true }))
    await reply.text()
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true')
    await page.waitForSelector('.request[data-outcome=fallback]:has-text("replayed")')
    const row = await gateway.recorded(reply)
    assert.equal(row.attempts, 2)
    await upstream.close()
  })
})
