import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { WEB_PREFERENCES } from '../../electron/security.ts'
import { createMainWindow } from '../../electron/window.ts'
import { FakeSession, preventable } from './fakes.ts'

class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = []
  readonly calls: string[] = []
  readonly options: BrowserWindowConstructorOptions
  minimized = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    FakeWindow.all.push(this)
  }

  async loadURL(url: string): Promise<void> {
    this.calls.push(`load ${url}`)
  }

  isMinimized(): boolean {
    return this.minimized
  }

  show(): void {
    this.calls.push('show')
  }

  focus(): void {
    this.calls.push('focus')
  }

  hide(): void {
    this.calls.push('hide')
  }

  restore(): void {
    this.calls.push('restore')
  }

  /** The user closes the window. Returns whether it closed. */
  close(): boolean {
    const event = preventable()
    this.emit('close', event)
    if (!event.prevented) this.emit('closed')
    return !event.prevented
  }
}

function setUp(hidesOnClose: () => boolean = () => false) {
  FakeWindow.all = []
  const session = new FakeSession().asSession()
  const window = createMainWindow({
    BrowserWindow: FakeWindow as unknown as typeof BrowserWindow,
    session,
    icon: '/icons/512.png',
    developerTools: false,
    hidesOnClose,
  })
  return { window, session, opened: () => FakeWindow.all }
}

test('the window opens with the hardened preferences once the gateway has an address', () => {
  const { window, session, opened } = setUp()
  window.show()
  assert.equal(opened().length, 0)
  window.load('http://127.0.0.1:4000')
  const { webPreferences, show } = opened()[0]!.options
  assert.deepEqual(webPreferences, { ...WEB_PREFERENCES, session, devTools: false })
  assert.equal(show, false)
  opened()[0]?.emit('ready-to-show')
  assert.deepEqual(opened()[0]?.calls, ['load http://127.0.0.1:4000/', 'show'])
})

test('a gateway that came back elsewhere is followed in the same window', () => {
  const { window, opened } = setUp()
  window.load('http://127.0.0.1:4000')
  window.load('http://127.0.0.1:5000')
  assert.equal(opened().length, 1)
  assert.equal(opened()[0]?.calls.at(-1), 'load http://127.0.0.1:5000/')
})

test('showing brings a minimised window back', () => {
  const { window, opened } = setUp()
  window.load('http://127.0.0.1:4000')
  opened()[0]!.minimized = true
  window.show()
  assert.deepEqual(opened()[0]?.calls.slice(1), ['restore', 'show', 'focus'])
})

test('with a tray closing hides, until the app quits', () => {
  let quitting = false
  const { window, opened } = setUp(() => !quitting)
  window.load('http://127.0.0.1:4000')
  assert.equal(opened()[0]?.close(), false)
  assert.equal(opened()[0]?.calls.at(-1), 'hide')
  quitting = true
  assert.equal(opened()[0]?.close(), true)
})

test('a closed window is opened again on demand only, at the newest address', () => {
  const { window, opened } = setUp()
  window.load('http://127.0.0.1:4000')
  opened()[0]?.close()
  window.load('http://127.0.0.1:5000')
  assert.equal(opened().length, 1)
  window.show()
  assert.deepEqual(opened()[1]?.calls, ['load http://127.0.0.1:5000/'])
})
