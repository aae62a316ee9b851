/** The real thing: Electron, the shell, the gateway and the window. Needs Electron's binary and, on Linux, a display. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { buildApp, projectRoot } from '../../scripts/build-app.ts'
import { buildUi } from '../../scripts/build-ui.ts'
import { electronProgram } from '../../scripts/desktop.ts'

const program = electronProgram()

function whyNot(): string | false {
  if (program === undefined) return "Electron's binary is not installed"
  if (!existsSync(join(projectRoot, 'server', 'main.ts'))) return 'there is no server yet'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  return false
}

describe('the desktop app', { skip: whyNot(), timeout: 180_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-desktop-'))
  let app: ElectronApplication
  let page: Page
  /** Code for the page is text: the project's types know no browser. */
  const inPage = <Value>(code: string): Promise<Value> => page.evaluate(code)

  before(async () => {
    await buildUi()
    // Apart from dist/app, which another test may be packing at this moment; inside the project, for node_modules.
    const root = join(projectRoot, 'dist', 'desktop-test')
    buildApp(root)
    app = await _electron.launch({
      executablePath: program!,
      args: [root],
      env: { ...(process.env as Record<string, string>), GATEHOUSE_HOME: home },
    })
    page = await app.firstWindow()
    await page.waitForLoadState()
  })
  after(async () => {
    await app?.close()
    rmSync(home, { recursive: true, force: true })
  })

  test('the window shows the UI from loopback', async () => {
    assert.match(page.url(), /^http:\/\/127\.0\.0\.1:\d+\//)
    assert.match(await page.title(), /Gatehouse/)
    assert.equal(await inPage(`fetch('/admin/api/providers').then((reply) => reply.status)`), 200)
  })

  test('the page sees neither the token nor Node nor Electron', async () => {
    const names = ['require', 'process', 'module', 'electron', 'Buffer']
    assert.deepEqual(await inPage(`${JSON.stringify(names)}.filter((name) => name in globalThis)`), [])
    const stored = await inPage<string>('JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie')
    const html = await inPage<string>('document.documentElement.outerHTML')
    // A token is 32 bytes in base64url, which is 43 characters.
    assert.doesNotMatch(stored + html, /Bearer |(?<![\w-])[\w-]{43}(?![\w-])/)
  })

  test('the page cannot replace the token', async () => {
    const forged = `{ headers: { authorization: 'Bearer forged' } }`
    assert.equal(await inPage(`fetch('/admin/api/providers', ${forged}).then((reply) => reply.status)`), 200)
  })

  test('the page opens no window', async () => {
    assert.equal(await inPage(`window.open('/') === null`), true)
    assert.equal(app.windows().length, 1)
  })

  test('the page goes nowhere else, and fetches nothing from elsewhere', async () => {
    const before = page.url()
    await inPage(`void (location.href = 'http://127.0.0.1:9/')`)
    await sleep(500)
    assert.equal(page.url(), before)
    const elsewhere = `fetch('http://127.0.0.1:9/', { mode: 'no-cors' })`
    assert.equal(await inPage(`${elsewhere}.then(() => 'answered', () => 'refused')`), 'refused')
  })
})
