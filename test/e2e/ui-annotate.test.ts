import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import type { AnnotationItem, AuditPage } from '../../server/http/admin/schemas.ts'
import { Queue } from '../http/annotation/site.ts'
import { until } from '../http/until.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = `version: 1
annotation:
  rubric:
    - { name: quality, labels: [good, acceptable, bad], description: Does it answer the question? }
    - { name: tone, labels: [kind, rude] }
  rules:
    - { when: evaluator-fail, evaluator: no-moon }
    - { when: thumbs-down }
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
    evaluators:
      watch:
        - { use: contains, name: no-moon, none: [moon] }
        - { use: length, max: 60 }
    guardrails:
      - { use: keywords, name: rivals, words: [initech], stage: pre, mode: monitor, threshold: 0.5 }
`
/** A wrong token, and what viewers may not read. */
const EXPECTED = /Failed to load resource: the server responded with a status of (401|403|404)/

describe('Annotate in a real browser', () => {
  let gateway: TestGateway
  let queue: Queue
  let signedIn: SignedIn
  let page: Page

  before(async () => {
    await buildUi()
    gateway = await startGateway(CONFIG)
    queue = new Queue(gateway)
    signedIn = await signIn(gateway, EXPECTED)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
  })

  const textOf = async (locator: ReturnType<Page['locator']>) => (await locator.innerText()).replace(/\s+/g, ' ')
  const items = () => page.getByRole('list', { name: 'Items' }).getByRole('listitem')
  const pane = () => page.getByRole('region', { name: 'Item' })
  const chosen = () => page.locator('.criterion-label:has(:checked)').allInnerTexts()
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const isOpen = (text: string) => pane().getByText(text).first().waitFor()
  const idOf = async (request: string) => (await queue.entryOf(request)).id
  const labelsOf = async (request: string, as: string): Promise<AnnotationItem['labels']> =>
    (await queue.item(await idOf(request), as)).labels

  const requests: string[] = []

  it('says what it is for while nothing is queued, and asks once who is labelling', async () => {
    await press('g', 'a')
    await page.getByRole('heading', { name: 'Who is labelling?' }).waitFor()
    await page.keyboard.type('Ann')
    await press('Enter')
    await page.getByRole('heading', { name: 'Nothing is in the queue yet' }).waitFor()
    await page.getByText('POST /v1/feedback').waitFor()
    await page.getByText('Labelling as Ann').waitFor()
  })

  it('lists what a rule queued, with the reply, the place that speaks against it, and why', async () => {
    for (const text of [
      'The moon is made of cheese, says ann@example.com.',
      'By the moon there is Initech.',
      'How far is the moon?',
    ])
      requests.push(await queue.ask('support', text))
    for (const request of requests) await queue.entryOf(request)
    await press('u')
    await until('three items are listed', async () => (await items().count()) === 3)
    await isOpen('How far is the moon?')
    await press('j', 'j')
    await isOpen('The moon is made of cheese, says [EMAIL].')
    assert.equal(await pane().locator('mark').innerText(), 'moon')
    assert.match(await textOf(pane().getByRole('region', { name: 'Scores' })), /0\.00 no-moon .*1\.00 length/)
    await press('k')
    await isOpen('By the moon there is Initech.')
    assert.match(await textOf(pane().getByRole('region', { name: 'Verdicts' })), /rivals would be/)
    await press('k')
  })

  it('is labelled by keyboard alone: numbers answer, Tab goes on, Enter saves and opens the next one', async () => {
    await isOpen('How far is the moon?')
    await press('1')
    assert.deepEqual(
      (await chosen()).map((text) => text.replace(/\s+/g, ' ')),
      ['1 good'],
    )
    await press('Enter')
    await page.getByText('“tone” is not answered yet.').waitFor()
    await press('2', 'Enter')
    await isOpen('By the moon there is Initech.')
    await press('Tab', '1', 'Shift+Tab', '3', 'c')
    await page.keyboard.type('Not what was asked; write to bob@example.com')
    await press('Enter')
    await isOpen('The moon is made of cheese')
    const said = await labelsOf(requests[2]!, 'Ann')
    assert.deepEqual(
      said.map(({ by, labels }) => [by, labels]),
      [['Ann', { quality: 'good', tone: 'rude' }]],
    )
    const [other] = await labelsOf(requests[1]!, 'Ann')
    assert.deepEqual(
      [other!.labels, other!.comment],
      [{ quality: 'bad', tone: 'kind' }, 'Not what was asked; write to [EMAIL]'],
    )
  })

  it('assigns by A, skips by S, and reads the list again once all is done', async () => {
    await press('a')
    await pane().getByRole('button', { name: 'Assigned to me' }).waitFor()
    assert.equal((await queue.item(await idOf(requests[0]!))).assignee, 'Ann')
    await press('s')
    await page.getByRole('heading', { name: 'Nothing to label here' }).waitFor()
    await until('the counts follow', async () =>
      /0 open · 2 done · 1 skipped/.test(await textOf(page.locator('.pair-view'))),
    )
  })

  it('takes a thumbs-down with its comment, and a request by hand', async () => {
    const request = await queue.ask('support', 'A plain question.')
    await queue.stored(request)
    await fetch(`${gateway.url}/v1/feedback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ request_id: request, rating: 'down', comment: 'Useless.', user: 'u-1' }),
    })
    await press('u')
    await isOpen('A plain question.')
    assert.match(await textOf(pane().getByRole('region', { name: 'Feedback' })), /thumbs-down “Useless\.” u-1/)
    const other = await queue.ask('support', 'Another question.')
    await queue.stored(other)
    await page.goto(`${gateway.url}/live?request=${other}`)
    await page.getByRole('link', { name: 'Annotate' }).last().click()
    await isOpen('Another question.')
    assert.equal((await queue.entryOf(other)).reason, 'by-hand')
    assert.match(page.url(), /\/annotate\?item=\d+/)
  })

  it('hides what others said, and in blind mode the scores, until one has said something oneself', async () => {
    await page.getByRole('button', { name: 'Somebody else' }).click()
    await page.keyboard.type('Bob')
    await press('Enter')
    await page.getByText('Labelling as Bob').waitFor()
    await page.goto(`${gateway.url}/annotate?view=second`)
    await until('two items are listed', async () => (await items().count()) === 2)
    await isOpen('How far is the moon?')
    await pane().getByText('1 label of others').waitFor()
    await press('b')
    await pane().getByText('Hidden until you have labelled it.').waitFor()
    assert.equal(await pane().locator('mark').count(), 0)
    assert.doesNotMatch(await textOf(page.locator('.pair-browser')), /no-moon|failed an evaluator/)
    await press('3', '2', 'Enter')
    await isOpen('By the moon there is Initech.')
    await items().first().getByLabel('labelled; others say something else').waitFor()
    await press('k')
    await isOpen('How far is the moon?')
    const others = pane().getByRole('region', { name: 'Labels of others' })
    assert.match(await textOf(others), /Ann quality good \(you: bad\) tone rude/)
    await pane().locator('mark').waitFor()
    await press('j', '3', '1', 'Enter')
    await page.getByRole('heading', { name: 'Nothing to label here' }).waitFor()
  })

  it('shows how far people agree, and evaluators with them', async () => {
    await page.getByRole('tab', { name: 'Agreement' }).click()
    const quality = page.getByRole('region', { name: 'quality' })
    await quality.waitFor()
    // Of two items one the same. Ann says good and bad, Bob bad twice: by chance 0.5, so κ = 0.
    assert.match(await textOf(quality), /2 labelled, 2 by two or more · 50% of the pairs the same/)
    assert.match(await textOf(quality), /Ann and Bob 2 50% 0\.00/)
    const tone = page.getByRole('region', { name: 'tone' })
    assert.match(await textOf(tone), /1\.00 kappa, which is called almost perfect/)
    assert.match(await textOf(quality), /no-moon/)
    const { data } = await gateway.admin<AuditPage>('audit?limit=1')
    assert.deepEqual([data[0]!.actor, data[0]!.action, data[0]!.detail.as], ['session', 'annotation-label', 'Bob'])
  })

  it('shows a viewer the list, and no text', async () => {
    const token = readFileSync(gateway.home.viewerToken, 'utf8').trim()
    await page.evaluate("fetch('/admin/api/session', { method: 'DELETE' })")
    await page.goto(`${gateway.url}/annotate?view=all`)
    await page.getByLabel('One-time code, admin token or viewer token').fill(token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await items().first().waitFor()
    await page.getByText('to whom no texts are shown').waitFor()
    assert.ok(!(await page.content()).includes('A plain question.'))
  })

  it('breaks no rule of the page’s policy', () => assert.deepEqual(signedIn.complaints, []))
})
