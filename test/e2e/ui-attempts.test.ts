import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { chunk, goodReply, goodStream, ROLE, SSE } from '../support/frames.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const FIRST_HALF = 'The first half, '

describe('what became of a request, in a real browser', () => {
  let gateway: TestGateway
  let signedIn: SignedIn
  let page: Page
  let upstream: FakeUpstream

  before(async () => {
    await buildUi()
    let tries = 0
    upstream = await startFakeUpstream(({ path, json }) => {
      const [, provider] = path.split('/')
      if (provider === 'bad') return { status: 503, chunks: ['{"error":{"message":"overloaded"}}'] }
      if (provider === 'flaky') {
        tries += 1
        return tries % 2 === 0 ? goodReply() : { status: 503, chunks: ['{"error":{"message":"busy"}}'] }
      }
      if (provider === 'silent') return { silent: true }
      if (provider === 'cut')
        return { headers: SSE, chunks: [ROLE, chunk({ content: FIRST_HALF })], chunkDelayMs: 10, ending: 'cut' }
      if (provider === 'empty') return goodReply('')
      if (provider === 'lag') return { ...goodReply(), headDelayMs: 300 }
      return json.stream ? goodStream('the second half.') : goodReply()
    })
    const provider = (id: string, more = '') =>
      `  ${id}: { kind: openai-compatible, base_url: "${upstream.url}/${id}/v1"${more} }\n`
    gateway = await startGateway(`version: 1
providers:
${['bad', 'flaky', 'silent', 'cut', 'empty', 'good'].map((id) => provider(id)).join('')}${provider('lag', ', max_concurrency: 1')}
routes:
  passed-over: { targets: [{ provider: bad, model: x }, { provider: good, model: y }], breaker: { failures: 1, cooldown: 5m } }
  retried: { targets: [{ provider: flaky, model: x }], retry: { max: 2 } }
  hedged: { targets: [{ provider: silent, model: x }, { provider: good, model: y }], hedge: { after: 50ms } }
  resumed: { targets: [{ provider: cut, model: x }, { provider: good, model: y }], on_stream_failure: resume }
  judged: { targets: [{ provider: empty, model: x }], evaluators: { require: [non-empty], escalate_to: good/y } }
  queued: { targets: [{ provider: lag, model: x }] }
  fixed: { targets: [{ provider: bad, model: z }], fallback: { static: "Later." } }
`)
    signedIn = await signIn(gateway)
    page = signedIn.page
  })
  after(async () => {
    await signedIn.close()
    await gateway.stop()
    await upstream.close()
  })

  /** The row of the newest request that the filter leaves, in words and the names of its icons. */
  const rowOf = async (filter: string) => {
    await page.goto(`${gateway.url}/live?filter=${encodeURIComponent(filter)}`)
    const row = page.locator('.request').first()
    await row.waitFor()
    const icons = await row
      .locator('[role=img]')
      .evaluateAll((all) => all.map((icon) => icon.getAttribute('aria-label')))
    return { row, text: (await row.textContent()) ?? '', icons: icons.join(', ') }
  }
  const openDetail = async () => {
    await page
      .locator('.request')
      .first()
      .click({ position: { x: 40, y: 15 } })
    await page.waitForSelector('.waterfall-span')
    return (await page.locator('.slide-over').textContent()) ?? ''
  }
  const call = async (route: string, stream = false) => {
    const reply = await gateway.chat(ask(route, 'Hi', { stream }))
    const text = await reply.text()
    await gateway.recorded(reply)
    return text
  }

  it('a retry', async () => {
    await call('retried')
    const { text, icons } = await rowOf('is:retry')
    assert.match(text, /retried.*flaky x503.*flaky x/)
    assert.match(icons, /retry/)
  })

  it('a hedge beside the one that it overtook', async () => {
    await call('hedged', true)
    const { icons } = await rowOf('is:hedge')
    assert.match(icons, /hedge/)
    assert.match(await openDetail(), /firstsilent xcancelled.*another attempt was faster.*hedgegood yok 200/)
  })

  it('a reply that was resumed, with its seam', async () => {
    await call('resumed', true)
    const { icons } = await rowOf('is:resume')
    assert.match(icons, new RegExp(`resumed at ${FIRST_HALF.length} chars`))
    const text = await openDetail()
    assert.match(text, /Served by cut x, then\s+good y/)
    assert.match(text, new RegExp(`resumed at ${FIRST_HALF.length} chars, from the text already sent`))
  })

  it('an escalation, with what the evaluators said', async () => {
    await call('judged')
    const { icons } = await rowOf('is:escalation')
    assert.match(icons, /escalation/)
    assert.match(await openDetail(), /Scores10\.00non-empty.*failed21\.00non-empty.*passed/)
  })

  it('a wait in a queue, in the row and hatched in the waterfall', async () => {
    await Promise.all([call('queued'), call('queued')])
    const { icons } = await rowOf('is:queued')
    assert.match(icons, /waited \d+ ms in the provider’s queue/)
    assert.match(await openDetail(), /waited \d+ ms in the provider’s queue/)
    assert.equal(await page.locator('.waterfall-queue').count(), 1)
  })

  it('a target that was passed over, and why', async () => {
    await call('passed-over')
    await call('passed-over')
    const { row } = await rowOf('route:passed-over')
    assert.equal(await row.locator('s').textContent(), 'bad x')
    assert.match(await openDetail(), /passed overbad x\s*open: .*failed/)
  })

  it('a last resort', async () => {
    await call('fixed')
    const { text } = await rowOf('route:fixed')
    assert.match(text, /static/)
    assert.match(await openDetail(), /Answered with the fixed text.*Served byno target.*marked as made up/)
  })

  it('and reports no error while it is shown', () => {
    assert.deepEqual(signedIn.complaints, [])
  })
})
