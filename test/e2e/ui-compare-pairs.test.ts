import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { blindOrder } from '../../renderer/compare/blind.ts'
import { buildUi } from '../../scripts/build-ui.ts'
import type { PairPage } from '../../server/http/admin/schemas.ts'
import { experimentOf, requestOf, type SeededPair, sayingOf, seedExperiment } from '../http/compare-seed.ts'
import { until } from '../http/until.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const CONFIG = 'version: 1\nroutes: { support: { targets: [{ provider: sandbox, model: echo }] } }\n'
/** Seeded pairs come from requests that never were. */
const EXPECTED = /Failed to load resource: the server responded with a status of 404/

/** Two essays of 50 KB that have no word in common. */
const LONG = ['alpha', 'omega'].map((word) =>
  Array.from({ length: 5000 }, (_, index) => `${word}${index}`)
    .join(' ')
    .slice(0, 50_000),
) as [string, string]

const call = (name: string, value: unknown) => ({ name, arguments: JSON.stringify(value) })
const said = (...replies: [ReturnType<typeof sayingOf>, ReturnType<typeof sayingOf>]) => ({
  baseline: { reply: replies[0], measures: { latency: 400, tokens: 12, 'score:groundedness': 0.9 } },
  candidate: { reply: replies[1], measures: { latency: 700, tokens: 14, 'score:groundedness': 0.4 } },
})

/** One pair of each kind, the last the newest. */
const ONE_OF_EACH: readonly SeededPair[] = [
  { request: requestOf('Too much?'), skipped: 'budget', cohort: { tenant: 'acme' } },
  {
    request: requestOf('Long?'),
    ...said(sayingOf(LONG[0]), sayingOf(LONG[1])),
    change: { kind: 'substantive', amount: 1 },
    cohort: { tenant: 'acme' },
  },
  {
    request: requestOf('Late?'),
    baseline: { reply: sayingOf('Here I am.') },
    candidate: { reply: null, outcome: 'timeout', error: 'upstream_timeout' },
    change: { kind: 'failure', amount: 1 },
    cohort: { tenant: 'globex' },
  },
  {
    request: requestOf('The same?'),
    ...said(sayingOf('Yes.'), sayingOf('Yes.')),
    change: { kind: 'identical', amount: 0 },
    cohort: { tenant: 'globex' },
  },
  {
    request: requestOf('Order 7 as JSON?', { system: 'Answer as JSON.' }),
    ...said(
      sayingOf('{"id": 7, "items": [{"sku": "a", "count": 2}]}'),
      sayingOf('```json\n{ "items": [{ "sku": "a", "count": 3 }], "id": 7, "note": "late" }\n```'),
    ),
    change: { kind: 'substantive', amount: 0.4 },
    cohort: { tenant: 'acme' },
  },
  {
    request: requestOf('Refund order 7.', { tools: ['find', 'refund'] }),
    ...said(
      sayingOf('', [call('find', { id: 7 }), call('refund', { id: 7, amount: 12 })]),
      sayingOf('', [call('refund', { id: 7, amount: 21 })]),
    ),
    change: { kind: 'substantive', amount: 0.6 },
    cohort: { tenant: 'acme' },
  },
  {
    request: requestOf('How long may I send it back?', { system: 'You are the help desk.' }),
    ...said(sayingOf('Within 30 days, **unopened**.'), sayingOf('Within 14 days, unopened.')),
    self: { reply: sayingOf('Within 30 days.') },
    change: { kind: 'substantive', amount: 0.3 },
    selfChange: { kind: 'substantive', amount: 0.1 },
    cohort: { tenant: 'acme' },
    votes: { ann: 'baseline' },
  },
]

describe('Pairs of a comparison in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page
  const support = experimentOf({ route: 'support' })
  let ids: string[] = []

  before(async () => {
    await buildUi()
    gateway = await startGateway(CONFIG)
    ids = seedExperiment(gateway, support, ONE_OF_EACH)
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
  /** The pair whose question begins so. */
  const choose = async (question: string) => {
    await items().filter({ hasText: question }).getByRole('button').click()
    await pane().getByText(question).first().waitFor()
  }
  /** Beside Ann's. */
  const newVote = async () => {
    const { baseline, candidate, tie } = (await gateway.admin<PairPage>(`experiments/${support.id}/pairs`)).data[0]!
      .votes
    return [...(baseline > 1 ? ['baseline'] : []), ...(candidate > 0 ? ['candidate'] : []), ...(tie > 0 ? ['tie'] : [])]
  }

  it('lays pairs side by side without saying who is who, until that is revealed', async () => {
    await open(`experiment=${support.id}&tab=pairs`)
    await choose('How long may I send it back?')
    const order = blindOrder(ids.at(-1)!)
    const texts = { baseline: 'Within 30 days, **unopened**.', candidate: 'Within 14 days, unopened.' }
    const columns = [pane().getByLabel('Reply A'), pane().getByLabel('Reply B')] as const
    assert.deepEqual(
      await Promise.all(columns.map(textOf)),
      order.map((side) => texts[side]),
    )
    assert.doesNotMatch(await textOf(pane()), /sandbox|baseline|candidate|\d ms|0\.90/)
    const marks = await Promise.all(columns.map((column) => column.locator('mark').allInnerTexts()))
    const differ = { baseline: ['30', '**', '**.'], candidate: ['14', '.'] }
    assert.deepEqual(
      marks,
      order.map((side) => differ[side]),
    )
    await page.keyboard.press('d')
    assert.equal(await pane().locator('mark').count(), 0)
    await page.keyboard.press('d')
    await page.keyboard.press('r')
    await pane().getByText('sandbox/old').waitFor()
    const heads = await pane().locator('.reply-head').allInnerTexts()
    const named = { baseline: 'baseline sandbox/old', candidate: 'candidate sandbox/new' }
    assert.deepEqual(
      heads.map((head) => head.replace(/\s+/g, ' ')),
      [`A ${named[order[0]]}`, `B ${named[order[1]]}`],
    )
    assert.match(await textOf(pane()), /Latency (400|700) ms .*groundedness 0\.(90|40)/)
    assert.match(await textOf(pane()), /Votes: baseline 1, candidate 0, neither 0/)
    await pane().getByText('Baseline with itself').click()
    await pane().getByText('baseline, once more').waitFor()
    assert.equal(await textOf(columns[1]), 'Within 30 days.')
    await page.keyboard.press('r')
    await until('names are hidden again', async () => !/sandbox/.test(await textOf(pane())))
    await pane().getByRole('button', { name: 'with 1 other message' }).click()
    await pane().getByText('You are the help desk.').waitFor()
  })

  it('takes votes by keyboard, for the side that stood there, and takes them back', async () => {
    const order = blindOrder(ids.at(-1)!)
    const pressed = (name: RegExp) => pane().getByRole('button', { name }).getAttribute('aria-pressed')
    await page.keyboard.press('2')
    assert.equal(await pressed(/^B is better/), 'true')
    await until('it is stored', async () => (await newVote()).join() === order[1])
    await page.keyboard.press('0')
    await until('it is changed', async () => (await newVote()).join() === 'tie')
    await page.keyboard.press('1')
    await until('it is changed again', async () => (await newVote()).join() === order[0])
    await items().first().getByLabel('voted on').waitFor()
    await page.reload()
    await pane().waitFor()
    assert.equal(await pressed(/^A is better/), 'true')
    await page.keyboard.press('1')
    assert.equal(await pressed(/^A is better/), 'false')
    await until('it is taken back', async () => (await newVote()).length === 0)
  })

  it('compares JSON by path, and tool calls by name and arguments', async () => {
    await page.keyboard.press('j')
    await pane().getByText('Refund order 7.').waitFor()
    const letters = (id: string, one: string, other: string) =>
      blindOrder(id)[0] === 'baseline' ? [one, other] : [other, one]
    const [finder] = letters(ids.at(-2)!, 'A', 'B')
    const tools = region('Tool calls')
    assert.match(await textOf(tools), new RegExp(`find called by ${finder} alone`))
    const refund = tools.getByRole('table', { name: 'Arguments of refund, by path' })
    const amounts = letters(ids.at(-2)!, '12', '21')
    assert.equal(await textOf(refund.locator('tbody')), `amount ${amounts.join(' ')}`)
    await page.keyboard.press('j')
    await pane().getByText('Order 7 as JSON?').waitFor()
    const table = page.getByRole('table', { name: 'The replies as JSON, by path' })
    const [counts, notes] = [letters(ids.at(-3)!, '2', '3'), letters(ids.at(-3)!, 'not there', '"late"')]
    assert.deepEqual(
      (await table.locator('tbody tr').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ')),
      [`items[0].count ${counts.join(' ')}`, `note ${notes.join(' ')}`],
    )
    await pane().getByText('Besides, 2 values are the same.').waitFor()
    await page.keyboard.press('d')
    await pane().getByText('```json').waitFor()
    await page.keyboard.press('d')
    await page.keyboard.press('k')
    await pane().getByText('Refund order 7.').waitFor()
  })

  it('lists only what is asked for', async () => {
    assert.equal(await items().count(), 7)
    await page.keyboard.press('o')
    await until('only different ones are left', async () => (await items().count()) === 5)
    await page.getByRole('button', { name: 'substantive', exact: true }).click()
    await until('only failures are left', async () => (await items().count()) === 1)
    assert.equal(new URL(page.url()).searchParams.get('change'), 'failure')
    assert.match(await textOf(pane()), /It took too long\./)
    assert.equal(
      await pane()
        .getByRole('button', { name: /is better/ })
        .count(),
      0,
      'there is nothing to choose from',
    )
    await page.getByRole('button', { name: 'failure', exact: true }).click()
    await page.getByLabel('Outcome').selectOption({ label: 'Skipped' })
    await pane().getByText('Skipped: the day’s budget for copies was spent.').waitFor()
    await page.getByLabel('Outcome').selectOption({ label: 'Any outcome' })
    await page.getByLabel('Cohort', { exact: true }).selectOption('tenant=globex')
    await until('they are of one tenant', async () => (await items().count()) === 2)
  })

  it('shows long texts in full, though it does not compare them', async () => {
    await open(`experiment=${support.id}&tab=pairs`)
    await choose('Long?')
    await pane().getByText('they are not compared word by word').waitFor()
    const shown = await Promise.all(['Reply A', 'Reply B'].map((name) => pane().getByLabel(name).innerText()))
    assert.deepEqual(shown.toSorted(), LONG.toSorted())
    const top = () => pane().evaluate((element) => element.scrollTop)
    assert.equal(await top(), 0)
    await page.keyboard.press('PageDown')
    await until('it scrolls', async () => (await top()) > 100)
  })

  it('has its keys in the key map', async () => {
    await open(`experiment=${support.id}&tab=pairs`)
    await items().first().waitFor()
    await page.keyboard.press('?')
    const keys = await textOf(page.getByRole('dialog'))
    for (const name of [
      'Next pair J',
      'A is better; again to take it back 1',
      'Reveal who is who R',
      'Only different pairs O',
    ])
      assert.ok(keys.includes(name), name)
    await page.keyboard.press('Escape')
  })

  it('breaks no rule of the page’s policy', () => assert.deepEqual(signedIn.complaints, []))
})
