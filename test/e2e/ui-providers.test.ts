import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { PLAYED, play, portOf } from '../http/local-servers.ts'
import { type LaunchedBrowser, launchBrowser } from '../support/browser.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'

const LIST = { data: [{ id: 'gpt-4o', context_length: 128_000 }, { id: 'nobody-knows-it' }] }

describe('Providers & models in a real browser', () => {
  let gateway: TestGateway
  let browser: LaunchedBrowser
  let page: Page
  let upstream: FakeUpstream
  let ollama: FakeUpstream
  let vllm: FakeUpstream
  const complaints: string[] = []

  before(async () => {
    await buildUi()
    upstream = await startFakeUpstream(({ headers }) =>
      headers.authorization === 'Bearer the-right-key'
        ? { chunks: [JSON.stringify(LIST)] }
        : { status: 401, chunks: ['{"error":{"message":"Incorrect API key"}}'] },
    )
    ollama = await play(PLAYED.ollama)
    vllm = await play(PLAYED.vllm)
    gateway = await startGateway(
      `version: 1
# A comment to be kept.
providers:
  there: { kind: openai, base_url: "${upstream.url}/v1", api_key: "\${env:GOOD}", residency: eu }
  my-vllm: { kind: vllm, base_url: "${vllm.url}/v1" }
routes:
  default: { targets: [{ provider: sandbox, model: echo }] }
  broken: { targets: [{ provider: there, model: nobody-knows-it }] }
`,
      { environment: { GOOD: 'the-right-key', BAD: 'another-key' } },
    )
    browser = await launchBrowser()
    page = await browser.browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.addInitScript(
      "document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.sample}`))",
    )
    await page.goto(gateway.app.signInLink())
    await page.waitForSelector('nav')
  })
  after(async () => {
    await browser.close()
    await gateway.stop()
    for (const server of [upstream, ollama, vllm]) await server.close()
  })

  const panel = () => page.locator('.slide-over')
  const textOf = async (selector: string) => (await page.locator(selector).first().textContent()) ?? ''

  it('is reached by keyboard and lists the providers, asking nobody anything', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    const row = page.locator('tr:has-text("there")')
    await row.waitFor()
    assert.match((await row.textContent()) ?? '', /there.*OpenAI.*unknown.*eu.*openai-chat/)
    assert.match(await textOf('tr:has-text("my-vllm")'), /vLLM.*local/)
    assert.equal(upstream.seen.length + vllm.seen.length + ollama.seen.length, 0)
  })

  it('lists the models of one on demand, with prices as of a day and dashes where none is known', async () => {
    await page.getByRole('button', { name: 'there', exact: true }).click()
    await panel().getByRole('button', { name: 'List models' }).click()
    await panel().getByRole('table', { name: 'Models' }).waitFor()
    assert.match(await textOf('.model-table tr:has-text("gpt-4o")'), /128k\$2\.50\$10\.00/)
    assert.match(await textOf('.model-table tr:has-text("nobody-knows-it")'), /———/)
    const text = await textOf('.slide-over')
    assert.match(text, /Prices as of \d{4}-\d\d-\d\d \(built in\)/)
    assert.match(text, /2 models · [\d.]+ ms · checked just now/)
    assert.match(text, /Used bybroken/)
    await page.reload()
    await panel().getByRole('button', { name: 'List models' }).waitFor()
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
  })

  it('shows how a provider is after it failed', async () => {
    upstream.answer = () => ({ status: 503, chunks: ['{"error":{"message":"overloaded"}}'] })
    for (let index = 0; index < 3; index += 1) await (await gateway.chat(ask('broken'))).text()
    await page.waitForSelector('tr:has-text("there"):has-text("down"):has-text("overloaded")')
    upstream.answer = ({ headers }) =>
      headers.authorization === 'Bearer the-right-key'
        ? { chunks: [JSON.stringify(LIST)] }
        : { status: 401, chunks: ['{"error":{"message":"Incorrect API key"}}'] }
  })

  it('picks a vendor by typing, and takes no key but a reference', async () => {
    await page.getByRole('button', { name: 'Add provider' }).click()
    await page.getByLabel('Search vendors and servers').fill('mistral')
    await panel()
      .getByRole('button', { name: /mistral/i })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await panel().getByLabel('Base URL').fill(`${upstream.url}/v1`)
    assert.equal(await panel().getByLabel('API key').inputValue(), '${env:MISTRAL_API_KEY}')
    const seen: string[] = []
    page.on('request', (request) => seen.push(request.postData() ?? ''))
    await panel().getByLabel('API key').fill('a-key-in-the-clear')
    await panel().getByText('never the key itself').waitFor()
    assert.ok(await panel().getByRole('button', { name: 'Test', exact: true }).isDisabled())
    await page.keyboard.press('Enter')
    assert.ok(!seen.some((body) => body.includes('a-key-in-the-clear')))
  })

  it('saves only what was tested as it stands, unless told twice', async () => {
    const save = panel().getByRole('button', { name: 'Save', exact: true })
    const testButton = panel().getByRole('button', { name: 'Test', exact: true })
    await panel().getByLabel('API key').fill('${env:BAD}')
    assert.ok(await save.isDisabled())
    await testButton.click()
    await panel().getByText('Incorrect API key').waitFor()
    assert.ok(await save.isDisabled())
    await panel().getByRole('button', { name: 'Save in spite of the test' }).click()
    await panel().getByRole('button', { name: 'Save anyway' }).waitFor()
    await panel().getByRole('button', { name: 'Cancel' }).click()

    await panel().getByLabel('API key').fill('${env:GOOD}')
    await testButton.click()
    await panel().getByText('It works: 2 models').waitFor()
    assert.ok(await save.isEnabled())
    await panel().getByLabel('Residency').fill('eu')
    assert.ok(await save.isDisabled(), 'the draft is another one now')
    await page.keyboard.press('Enter')
    await panel().getByText('It works: 2 models').waitFor()
    assert.doesNotMatch(readFileSync(gateway.home.config, 'utf8'), /mistral/)
    await save.click()
    await panel().getByText('is there, and runs as revision').waitFor()
    const text = await textOf('.slide-over')
    assert.match(
      text,
      /mistral:\n {2}kind: mistral\n {2}base_url: .*\n {2}api_key: \$\{env:GOOD\}\n {2}residency: eu\n/,
    )
    assert.match(text, /\{ provider: mistral, model: gpt-4o \}/)
    const file = readFileSync(gateway.home.config, 'utf8')
    assert.match(file, /# A comment to be kept\./)
    assert.match(file, /\n {2}mistral:\n {4}kind: mistral\n/)
    assert.equal(gateway.app.config.current().providers.get('mistral')?.apiKey, 'the-right-key')
  })

  it('shows the new row, with the models that the test found', async () => {
    await panel().getByRole('button', { name: 'Show mistral' }).click()
    await panel().getByRole('table', { name: 'Models' }).waitFor()
    await page.waitForSelector('tr[data-selected=true]:has-text("mistral")')
    await page.keyboard.press('Escape')
  })

  it('says which mistake of the file is in the way, and keeps what was typed', async () => {
    const good = readFileSync(gateway.home.config, 'utf8')
    await page.getByRole('button', { name: 'Add provider' }).click()
    await page.getByLabel('Search vendors and servers').fill('tgi')
    await page.keyboard.press('Enter')
    const id = panel().getByLabel('Id', { exact: true })
    await id.fill('mistral')
    await panel().getByText('already').waitFor()
    await id.fill('tgi-1')
    writeFileSync(gateway.home.config, `${good}  lost: { targets: [{ provider: nowhere, model: x }] }\n`)
    await page.keyboard.press('Enter')
    await panel().getByText('has to be mended first').waitFor()
    const line = good.split('\n').length
    assert.match(await textOf('.note-error'), new RegExp(`line ${line}: routes.lost.*no provider "nowhere"`))
    writeFileSync(gateway.home.config, good)
    await panel().getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Add provider' }).click()
    assert.equal(await id.inputValue(), 'tgi-1')
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
  })

  it('finds local servers when the button is pressed, tells what is configured, and fills the form', async () => {
    await page.getByRole('button', { name: 'Find local models' }).click()
    await panel().getByText('Ports asked: 11434').waitFor()
    await panel()
      .getByLabel('Further ports')
      .fill(`${portOf(ollama)}, ${portOf(vllm)}`)
    await page.keyboard.press('Enter')
    const found = panel().locator(`li:has-text("${ollama.url}")`).first()
    await found.waitFor()
    assert.match((await found.textContent()) ?? '', /Ollama0\.12\.6.*qwen3:14bloaded.*gemma3:4bnot loaded/)
    await panel().locator('li:has-text("configured as my-vllm")').first().waitFor()
    await found.getByRole('button', { name: 'Add Ollama' }).click()
    assert.equal(await panel().getByLabel('Base URL').inputValue(), ollama.url)
    assert.equal(await panel().getByLabel('Residency').inputValue(), 'local')
    assert.equal(await panel().getByLabel('API key').inputValue(), '')
    await panel().getByLabel('num_ctx').fill('8192')
    await panel().getByRole('button', { name: 'Save without a test' }).click()
    await panel().getByRole('button', { name: 'Save anyway' }).click()
    await panel().getByText('num_ctx: 8192').waitFor()
    assert.equal(gateway.app.config.current().providers.get('ollama')?.options.num_ctx, 8192)
  })

  it('breaks no policy and reports no error', () => {
    assert.deepEqual(complaints, [])
  })
})
