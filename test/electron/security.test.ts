import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import {
  type CurrentAccess,
  HOST_RULES,
  hardenContents,
  hardenSession,
  WEB_PREFERENCES,
} from '../../electron/security.ts'
import { FakeApp, FakeSession, preventable } from './fakes.ts'

const access: CurrentAccess = () => ({ origin: 'http://127.0.0.1:4000', token: 'secret' })

async function hardened(current = access, developerTools = false): Promise<FakeSession> {
  const session = new FakeSession()
  await hardenSession(session.asSession(), current, developerTools)
  return session
}

const FOREIGN = [
  'http://127.0.0.1:4001/',
  'https://127.0.0.1:4000/',
  'http://localhost:4000/',
  'http://127.0.0.1:4000.evil.example/',
  'http://127.0.0.1:4000@evil.example/',
  'https://evil.example/?http://127.0.0.1:4000',
  'ws://127.0.0.1:4000/',
  'file:///etc/passwd',
  'data:text/html,hello',
  'not a url',
]

test('the token goes to exactly the gateway and every other request is cancelled', async () => {
  const session = await hardened()
  assert.deepEqual(session.send('http://127.0.0.1:4000/admin/api/providers', { accept: '*/*' }), {
    accept: '*/*',
    authorization: 'Bearer secret',
  })
  for (const url of FOREIGN) assert.equal(session.send(url), undefined, url)
})

test('the page cannot set the header itself, however it writes it', async () => {
  const session = await hardened()
  const headers = session.send('http://127.0.0.1:4000/', { Authorization: 'Bearer mine', AUTHORIZATION: 'Basic x' })
  assert.deepEqual(headers, { authorization: 'Bearer secret' })
})

test('a frame of another or of no origin gets nothing from the gateway', async () => {
  const session = await hardened()
  assert.equal(session.send('http://127.0.0.1:4000/', {}, 'null'), undefined)
  assert.equal(session.send('http://127.0.0.1:4000/', {}, 'https://evil.example'), undefined)
  assert.ok(session.send('http://127.0.0.1:4000/', {}, 'http://127.0.0.1:4000'))
})

test('what the page made itself may be loaded, without the token', async () => {
  const session = await hardened()
  assert.deepEqual(session.send('blob:http://127.0.0.1:4000/6b1f', {}), {})
  assert.equal(session.send('blob:https://evil.example/6b1f', {}), undefined)
})

test('the gateway is asked for anew: after a restart the old address is foreign', async () => {
  let port = 4000
  const session = await hardened(() => ({ origin: `http://127.0.0.1:${port}`, token: `token-${port}` }))
  port = 5000
  assert.equal(session.send('http://127.0.0.1:4000/'), undefined)
  assert.deepEqual(session.send('http://127.0.0.1:5000/'), { authorization: 'Bearer token-5000' })
})

test('without a gateway nothing is sent', async () => {
  const session = await hardened(() => undefined)
  assert.equal(session.send('http://127.0.0.1:4000/'), undefined)
  assert.equal(session.send('not a url'), undefined)
})

test('developer tools load their own pages in development only', async () => {
  assert.equal((await hardened()).send('devtools://devtools/bundled/index.html'), undefined)
  assert.deepEqual((await hardened(access, true)).send('devtools://devtools/bundled/index.html'), {})
  assert.equal((await hardened(access, true)).send('https://evil.example/'), undefined)
})

test('permissions and devices are refused, proxies and dictionaries unused', async () => {
  const { handlers, settings } = await hardened()
  const answers: boolean[] = []
  handlers.permissionRequest?.({}, 'notifications', (granted: boolean) => answers.push(granted))
  assert.deepEqual(answers, [false])
  assert.equal(handlers.permissionCheck?.(null, 'clipboard-read', 'http://127.0.0.1:4000'), false)
  assert.equal(handlers.devicePermission?.({ deviceType: 'usb' }), false)
  assert.deepEqual(settings, { spellChecker: false, proxy: { mode: 'direct' } })
})

class FakeContents extends EventEmitter {
  openHandler: (() => { action: string }) | undefined
  webRtc: string | undefined

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtc = policy
  }
}

function newPage(current = access): FakeContents {
  const app = new FakeApp()
  hardenContents(app.asApp(), current)
  const contents = new FakeContents()
  app.emit('web-contents-created', {}, contents)
  return contents
}

for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
  test(`${event} stays within the gateway`, () => {
    const contents = newPage()
    const going = (url: string) => {
      const details = preventable({ url })
      contents.emit(event, details)
      return !details.prevented
    }
    assert.ok(going('http://127.0.0.1:4000/requests?page=2'))
    for (const url of [...FOREIGN, 'about:blank', 'javascript:alert(1)']) assert.ok(!going(url), url)
  })
}

test('no page opens a window, embeds a webview, or reaches out by WebRTC', () => {
  const contents = newPage()
  assert.deepEqual(contents.openHandler?.(), { action: 'deny' })
  const attach = preventable()
  contents.emit('will-attach-webview', attach)
  assert.ok(attach.prevented)
  assert.equal(contents.webRtc, 'disable_non_proxied_udp')
})

test('the page runs isolated and sandboxed, without Node, and with no key that loosens it', () => {
  const { contextIsolation, sandbox, webSecurity, ...off } = WEB_PREFERENCES
  assert.deepEqual([contextIsolation, sandbox, webSecurity], [true, true, true])
  for (const [key, value] of Object.entries(off)) assert.equal(value, false, key)
  for (const key of ['preload', 'enableBlinkFeatures', 'additionalArguments']) assert.ok(!(key in WEB_PREFERENCES), key)
})

test('Chromium resolves loopback only', () => {
  assert.match(HOST_RULES, /^MAP \* ~NOTFOUND(, EXCLUDE (127\.0\.0\.1|localhost|::1))+$/)
})
