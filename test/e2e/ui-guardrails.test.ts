import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import type { AuditPage } from '../../server/http/admin/schemas.ts'
import { seedRecords } from '../http/guard-seed.ts'
import { until } from '../http/until.ts'
import { guardedRecord, PASS, verdictOf } from '../stores/verdict-samples.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    guardrails:
      # third-party text
      - use: keywords
        name: rivals
        words: [initech, hooli]
        stage: pre
        threshold: 0.7   # by hand
      - { use: regex, name: tickets, patterns: ['T-[0-9]{4}'], mode: monitor, action: block }
  facts: { targets: [{ provider: sandbox, model: echo }] }
`
/** Options that make no sense, a token that is no code, and a file that was changed meanwhile: the page tells. */
const EXPECTED = /Failed to load resource: the server responded with a status of (400|401|403|409)/

const rivals = { guardrail: 'rivals', kind: 'keywords', stage: 'pre', threshold: 0.7 } as const
const tickets = { guardrail: 'tickets', kind: 'regex', stage: 'pre', mode: 'monitor', threshold: 0.5 } as const

describe('Guardrails in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page

  before(async () => {
    await buildUi()
    gateway = await startGateway(CONFIG)
    signedIn = await signIn(gateway, EXPECTED)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
  })

  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
  const textOf = async (locator: ReturnType<Page['locator']>) => (await locator.innerText()).replace(/\s+/g, ' ')
  const dialog = () => page.getByRole('dialog')
  const slider = () => page.getByRole('slider', { name: 'Threshold to try' })
  const onDisk = () => readFileSync(gateway.home.config, 'utf8')

  it('says what to write into the config where nothing is guarded', async () => {
    const bare = await startGateway('version: 1\nroutes: { one: { targets: [{ provider: sandbox, model: echo }] } }\n')
    const other = await signIn(bare)
    try {
      await other.page.goto(`${bare.url}/guardrails`)
      await other.page.getByRole('heading', { name: 'No route is guarded yet' }).waitFor()
      await other.page.getByText('use: injection, stage: context').waitFor()
      assert.deepEqual(other.complaints, [])
    } finally {
      await other.close()
      await bare.stop()
    }
  })

  it('is reached by keyboard, and shows what was done, for whom', async () => {
    const now = Date.now()
    seedRecords(gateway, [
      ...Array.from({ length: 30 }, (_, index) =>
        guardedRecord(now - 3_600_000 - index * 60_000, [
          verdictOf({ ...rivals, ...PASS, score: index / 50 }),
          verdictOf({ ...tickets, ...PASS, score: 0 }),
        ]),
      ),
      ...[0.75, 0.8, 0.9, 1].map((score, index) =>
        guardedRecord(
          now - 1_800_000 + index,
          [
            verdictOf({ ...rivals, score, category: 'KEYWORD', excerpt: 'Better ask Hooli.', highlight: [11, 16] }),
            verdictOf({ ...tickets, score: 1, category: 'TICKET', excerpt: 'It is T-4711.', highlight: [6, 12] }),
          ],
          { tenant: index === 0 ? 'globex' : 'acme' },
        ),
      ),
    ])
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await page.locator('.rule-table').waitFor()
    assert.equal(new URL(page.url()).pathname, '/guardrails')
    assert.match(await textOf(page.locator('.figure-band')), /Blocked 4 5\.9% of inspections .*Only monitored 4/)
    const byTenant = page.getByRole('region', { name: 'By tenant' })
    assert.match(await textOf(byTenant), /acme 66 3 0 .* globex 2 1 0/)
    assert.match(await textOf(page.getByRole('region', { name: 'What was found' })), /KEYWORD 4 4 .*TICKET 4 0/)
    await byTenant.getByRole('button', { name: 'globex' }).click()
    await until('the figures are of one tenant', async () =>
      /Blocked 1 /.test(await textOf(page.locator('.figure-band'))),
    )
    assert.equal(new URL(page.url()).searchParams.get('tenant'), 'globex')
    await page.getByLabel('Tenant', { exact: true }).selectOption({ label: 'All tenants' })
    await page.getByRole('region', { name: 'What was found' }).getByRole('button', { name: 'TICKET' }).click()
    await page.getByRole('button', { name: 'TICKET ×' }).waitFor()
    await until('the list is of that category', async () => (await page.locator('.look-up').count()) === 4)
  })

  it('lists verdicts with what they found, to be judged by keyboard', async () => {
    await page.goto(`${gateway.url}/guardrails?tab=verdicts&guardrail=rivals`)
    const items = page.locator('.look-up')
    await items.first().waitFor()
    assert.equal(await items.count(), 4)
    assert.equal(await items.first().locator('mark').innerText(), 'Hooli')
    assert.match(await textOf(items.first()), /rivals blocked 1\.000 of 0\.700 KEYWORD/)
    await page.keyboard.press('y')
    await items.nth(0).getByText('right', { exact: true }).waitFor()
    for (const at of [1, 2]) {
      await page.keyboard.press('j')
      await page.keyboard.press('y')
      await items.nth(at).getByText('right', { exact: true }).waitFor()
    }
    await page.keyboard.press('j')
    await items.nth(3).getByRole('button', { name: 'False positive' }).click()
    await items.nth(3).getByText('false positive', { exact: true }).first().waitFor()
    await page.getByLabel('Which verdicts').selectOption('Passed')
    await items.first().getByText('passed', { exact: true }).waitFor()
    await page.keyboard.press('n')
    await items.first().getByText('benign', { exact: true }).waitFor()
    await page.getByLabel('Which verdicts').selectOption('Only monitored')
    await page.getByText('No such verdict is recorded').waitFor()
    await page.getByLabel('Guardrail', { exact: true }).selectOption('tickets')
    await items.first().waitFor()
    assert.match(await textOf(items.first()), /tickets would be blocked MONITOR/i)
  })

  it('tries another threshold, and writes it into the file once its diff has been seen', async () => {
    await page.goto(`${gateway.url}/guardrails?tab=tune&route=support&guardrail=rivals`)
    const verdict = page.getByRole('region', { name: 'What would change' })
    await verdict.getByText('This is the rule’s threshold').waitFor()
    assert.match(
      await textOf(page.locator('.roc-table')),
      /now, 0\.700 .*found, rightly 3 100% missed 0 .*harmless 1 50%/,
    )
    await slider().focus()
    for (let step = 0; step < 16; step += 1) await page.keyboard.press('ArrowRight')
    await verdict.getByText('0.780').waitFor()
    await verdict.getByText('3 (8.8%) would have been blocked; 4 were.').waitFor()
    await page.locator('.roc-table').getByText('0.780').waitFor()
    assert.match(await textOf(page.locator('.roc-table')), /harmless 1 50% 0 0%/)
    await page.getByText('That would end otherwise, the newest').waitFor()
    await verdict.getByRole('button', { name: 'Use this threshold…' }).click()
    await dialog().getByText('3 (8.8%) would have been blocked; 4 were.').waitFor()
    await dialog().getByText('threshold: 0.78').waitFor()
    assert.equal(onDisk(), CONFIG, 'nothing is written yet')
    await dialog().getByRole('button', { name: 'Apply' }).click()
    await dialog().waitFor({ state: 'detached' })
    assert.equal(onDisk(), CONFIG.replace('threshold: 0.7 ', 'threshold: 0.78 '))
    await verdict.getByText('This is the rule’s threshold').waitFor()
    const [noted] = (await gateway.admin<AuditPage>('audit?limit=1')).data
    assert.deepEqual([noted!.action, noted!.actor], ['config-save', 'session'])
    assert.deepEqual(noted!.detail.guardrails, [
      { route: 'support', guardrail: 'rivals', change: 'changed', settings: { threshold: [0.7, 0.78] } },
    ])
  })

  it('switches a rule from watching to acting, with what it would have done last week', async () => {
    await page.goto(`${gateway.url}/guardrails`)
    const flip = () => page.getByRole('switch', { name: 'tickets on support acts on what it finds' })
    assert.equal(await flip().getAttribute('aria-checked'), 'false')
    await flip().focus()
    await page.keyboard.press('Space')
    await dialog().getByText('would have been blocked').waitFor()
    assert.match(await textOf(dialog()), /Of 34 requests .*4 \(12%\) would have been blocked\. .*It is T-4711\./)
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    assert.match(onDisk(), /mode: monitor/)
    await flip().click()
    await dialog().getByText('mode: enforce').waitFor()
    await dialog().getByRole('button', { name: 'Apply' }).click()
    await dialog().waitFor({ state: 'detached' })
    await until('the switch is on', async () => (await flip().getAttribute('aria-checked')) === 'true')
    assert.match(onDisk(), /name: tickets, .* mode: enforce/)
  })

  it('tries a text on a route and on a kind, and adds it to the labelled set', async () => {
    await page.goto(`${gateway.url}/guardrails?tab=test`)
    const text = page.getByLabel('A text, as it would stand')
    await text.fill('Ask Hooli about T-4711, or ann@example.com.')
    await page.getByLabel('Who wrote it').selectOption('user')
    await text.press('Control+Enter')
    const results = page.getByRole('list', { name: 'What the guardrails say' }).getByRole('listitem')
    await results.first().waitFor()
    assert.deepEqual(await results.locator('mark').allInnerTexts(), ['Hooli', 'T-4711'])
    assert.match(await textOf(results.first()), /rivals would be blocked 1\.000 of 0\.780 KEYWORD 1 place/)
    await page.getByRole('button', { name: 'It is harmless' }).click()
    await page.getByText('Noted as benign for rivals, tickets.').waitFor()
    await page.getByLabel('What to try').selectOption({ label: 'pii' })
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('Ask Hooli about T-4711, or <EMAIL_1>.').waitFor()
    await page.getByLabel('What to try').selectOption({ label: 'keywords' })
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').getByText('keywords cannot be made').waitFor()
    await page.getByText('Options of keywords').click()
    await page.getByLabel('As JSON').fill('{"words": ["ask"]}')
    await page.getByRole('button', { name: 'Try it' }).click()
    await until('the word is found', async () => (await results.locator('mark').allInnerTexts()).join() === 'Ask')
    await tab('Labels')
    const labels = page.getByRole('list', { name: 'Labels' }).getByRole('listitem')
    await labels.first().waitFor()
    const before = await labels.count()
    assert.doesNotMatch(await textOf(page.getByRole('list', { name: 'Labels' })), /ann@example/)
    await labels
      .first()
      .getByRole('button', { name: /^Take back/ })
      .click()
    await until('it is gone', async () => (await labels.count()) === before - 1)
  })

  it('marks requests that were blocked, and says in their detail what was found', async () => {
    const reply = await gateway.chat(ask('support', 'What does Initech sell?'))
    assert.equal(reply.status, 400)
    await reply.text()
    await page.goto(`${gateway.url}/live?filter=is:blocked`)
    const row = page.locator('.request').first()
    await row.locator('.mark', { hasText: 'blocked' }).waitFor()
    await row.click()
    const section = page.getByRole('region', { name: 'Guardrails' })
    await section.waitFor()
    // The excerpt comes with the trace.
    await page.getByText('run_guardrail rivals').waitFor()
    assert.match(await textOf(section), /rivals blocked 1\.000 of 0\.780 KEYWORD/)
    assert.match(await textOf(section), /What does \[KEYWORD\] sell\?/)
    await page.keyboard.press('Escape')
  })

  it('does not write over what somebody else changed meanwhile', async () => {
    await page.goto(`${gateway.url}/guardrails?tab=tune&route=support&guardrail=rivals`)
    await page.getByRole('button', { name: 'Only monitor…' }).click()
    const apply = dialog().getByRole('button', { name: 'Apply' })
    await until('it can be applied', () => apply.isEnabled())
    await page.route('**/admin/api/config', async (route) => {
      if (route.request().method() === 'PUT')
        writeFileSync(gateway.home.config, onDisk().replace('# third-party text', '# changed by hand'))
      await route.continue()
    })
    await apply.click()
    await dialog().getByRole('alert').getByText('was changed by someone else meanwhile').waitFor()
    await page.unroute('**/admin/api/config')
    assert.match(onDisk(), /changed by hand/)
    assert.doesNotMatch(onDisk(), /mode: monitor/)
    await page.keyboard.press('Escape')
  })

  it('shows a viewer blocks, and nothing to change', async () => {
    const token = readFileSync(gateway.home.viewerToken, 'utf8').trim()
    await page.evaluate("fetch('/admin/api/session', { method: 'DELETE' })")
    await page.goto(`${gateway.url}/`)
    await page.getByLabel('One-time code, admin token or viewer token').fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForSelector('nav')
    await page.locator('footer .mark', { hasText: 'viewer' }).waitFor()
    await page.goto(`${gateway.url}/guardrails?tab=verdicts&guardrail=rivals`)
    const items = page.locator('.look-up')
    await items.first().waitFor()
    const list = await textOf(page.getByRole('list', { name: 'Verdicts' }))
    assert.match(list, /Better ask █████\./)
    assert.doesNotMatch(list, /Hooli|Initech/)
    assert.equal(await items.getByRole('button', { name: 'False positive' }).count(), 0)
    await tab('Test')
    await page.getByText('You are signed in as a viewer').waitFor()
    await tab('Tune')
    assert.ok(await page.getByRole('button', { name: 'Only monitor…' }).isDisabled())
    await tab('Overview')
    assert.ok(await page.getByRole('switch').first().isDisabled())
    await page.goto(`${gateway.url}/cache`)
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    assert.equal(await page.getByRole('tab', { name: 'Browse' }).count(), 0)
    await page.goto(`${gateway.url}/routes?route=support`)
    await page.getByRole('button', { name: 'Explain' }).click()
    await page.getByRole('region', { name: 'Explanation' }).waitFor()
    assert.equal(await page.getByRole('tab', { name: 'YAML' }).count(), 0)
  })

  it('breaks no rule of the page’s policy', () => assert.deepEqual(signedIn.complaints, []))
})
