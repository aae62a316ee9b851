import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { Menu, MenuItemConstructorOptions, Tray } from 'electron'
import { providerHealth } from '../../electron/health.ts'
import { applicationMenu } from '../../electron/menu.ts'
import type { GatewayState } from '../../electron/supervisor.ts'
import { createTray, statusLine, trayIcon, trayMenu } from '../../electron/tray.ts'

const running: GatewayState = { kind: 'running', origin: 'http://127.0.0.1:4000', token: 'secret' }

function recordingActions() {
  const calls: string[] = []
  return {
    calls,
    open: () => calls.push('open'),
    copyAddress: (origin: string) => calls.push(`copy ${origin}`),
    openDataFolder: () => calls.push('folder'),
    quit: () => calls.push('quit'),
  }
}

function click(menu: MenuItemConstructorOptions[], label: string): void {
  const item = menu.find((candidate) => candidate.label === label)
  assert.ok(item?.click && item.enabled !== false, `${label} can be clicked`)
  const onClick = item.click as () => void
  onClick()
}

test('the status line tells the state and the healthy providers', () => {
  assert.equal(statusLine(running, { healthy: 2, total: 3 }), 'Running, 2 of 3 providers healthy')
  assert.equal(statusLine(running, undefined), 'Running')
  assert.equal(statusLine({ kind: 'failed', reason: 'x' }, undefined), 'Stopped after a failure')
  const kinds: GatewayState[] = [{ kind: 'starting' }, { kind: 'restarting', reason: 'x' }, { kind: 'stopping' }]
  for (const state of [...kinds, { kind: 'stopped' } as const]) assert.match(statusLine(state, undefined), /^[A-Z]/)
})

test('a running gateway can be opened, copied and quit', () => {
  const actions = recordingActions()
  const menu = trayMenu(running, undefined, actions)
  assert.equal(menu[0]?.enabled, false)
  for (const label of ['Open Gatehouse', 'Copy address', 'Open data folder', 'Quit Gatehouse']) click(menu, label)
  assert.deepEqual(actions.calls, ['open', 'copy http://127.0.0.1:4000', 'folder', 'quit'])
  assert.ok(!JSON.stringify(menu).includes('secret'))
})

test('without an address, what needs one is greyed out and the rest works', () => {
  const menu = trayMenu({ kind: 'starting' }, undefined, recordingActions())
  const disabled = menu.filter((item) => item.enabled === false).map((item) => item.label)
  assert.deepEqual(disabled, ['Starting…', 'Open Gatehouse', 'Copy address'])
})

test('the tray shows what it is told', () => {
  class FakeTray extends EventEmitter {
    static last: FakeTray
    tip = ''
    menu: MenuItemConstructorOptions[] = []
    readonly image: string
    constructor(image: string) {
      super()
      this.image = image
      FakeTray.last = this
    }
    setToolTip(tip: string): void {
      this.tip = tip
    }
    setContextMenu(menu: MenuItemConstructorOptions[]): void {
      this.menu = menu
    }
  }
  const actions = recordingActions()
  const parts = {
    Tray: FakeTray as unknown as typeof Tray,
    Menu: { buildFromTemplate: (template: unknown) => template } as unknown as typeof Menu,
  }
  const tray = createTray(parts, '/icons/tray.png', actions)
  tray?.update(running, { healthy: 1, total: 1 })
  assert.equal(FakeTray.last.image, '/icons/tray.png')
  assert.equal(FakeTray.last.tip, 'Gatehouse: Running, 1 of 1 providers healthy')
  assert.equal(FakeTray.last.menu[0]?.label, 'Running, 1 of 1 providers healthy')
  FakeTray.last.emit('click')
  assert.deepEqual(actions.calls, ['open'])
})

test('a desktop without a tray is not an error', () => {
  const Broken = class {
    constructor() {
      throw new Error('no tray here')
    }
  }
  const parts = { Tray: Broken as unknown as typeof Tray, Menu: {} as typeof Menu }
  assert.equal(createTray(parts, 'tray.png', recordingActions()), undefined)
})

test('macOS gets its template picture', () => {
  assert.match(trayIcon('darwin'), /Template\.png$/)
  assert.equal(trayIcon('linux'), 'tray.png')
})

test('health counts the providers whose status is healthy, and knows when it does not know', async () => {
  const access = { origin: 'http://127.0.0.1:4000', token: 'secret' }
  const data = [{ status: 'healthy' }, { status: 'down' }, { status: 'healthy' }]
  const asked: [string, RequestInit | undefined][] = []
  const answer = (reply: Response) => async (url: unknown, init?: RequestInit) => {
    asked.push([String(url), init])
    return reply
  }
  assert.deepEqual(await providerHealth(access, answer(Response.json({ data }))), { healthy: 2, total: 3 })
  assert.equal(asked[0]?.[0], 'http://127.0.0.1:4000/admin/api/providers')
  assert.deepEqual(asked[0]?.[1]?.headers, { authorization: 'Bearer secret' })
  assert.equal(await providerHealth(access, answer(new Response('', { status: 401 }))), undefined)
  assert.equal(await providerHealth(access, answer(Response.json({ other: 1 }))), undefined)
  assert.equal(await providerHealth(access, () => Promise.reject(new TypeError('fetch failed'))), undefined)
})

test('the menu has what copy and paste need everywhere, and developer tools only in development', () => {
  for (const platform of ['darwin', 'linux', 'win32'] as const) {
    const text = JSON.stringify(applicationMenu(platform, false))
    assert.match(text, /"editMenu"/)
    assert.match(text, /"quit"|"appMenu"/)
    assert.doesNotMatch(text, /toggleDevTools/)
    assert.match(JSON.stringify(applicationMenu(platform, true)), /toggleDevTools/)
  }
})
