import type { App, Session, WebContents, WebPreferences } from 'electron'
import type { GatewayAccess } from './gateway-process.ts'

/*
 * Electron's security checklist (docs/tutorial/security.md), item by item:
 *
 *  1 secure content only         the page comes from loopback alone; every other request is cancelled, names don't resolve
 *  2 no Node in the page         WEB_PREFERENCES
 *  3 context isolation           WEB_PREFERENCES
 *  4 sandbox                     WEB_PREFERENCES, and app.enableSandbox() in main.ts
 *  5 permission requests         refused, request and check alike, devices too
 *  6 webSecurity                 WEB_PREFERENCES
 *  7 Content-Security-Policy     sent by the gateway with the UI
 *  8 no insecure content         WEB_PREFERENCES
 *  9 no experimental features    WEB_PREFERENCES
 * 10 no Blink features           none are named
 * 11 webview: no popups          webviews are off and refused
 * 12 webview: verify options     webviews are off and refused
 * 13 limited navigation          only within the gateway's origin, in every frame, redirects too
 * 14 no new windows              refused
 * 15 shell.openExternal          never called
 * 16 current Electron            pinned in package.json, moved up with each release
 * 17 IPC senders                 there is no IPC: no preload, no ipcMain
 * 18 no file:// protocol         the page is HTTP, and the fuse is off
 * 19 fuses                       electron-builder.yml; read back by test/e2e/packaging.test.ts
 * 20 no Electron API to the page there is no preload to expose one
 *
 * Certificate errors keep their default, which is to refuse.
 */

/** In memory only: nothing the page stores outlives the app. */
export const PARTITION = 'gatehouse'

/**
 * Chromium resolves no name but loopback's: a `dns-prefetch` link leaves no trace in webRequest, yet would carry data
 * out. The gateway process uses the system's resolver and is not affected.
 */
export const HOST_RULES = 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE ::1'

export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  // Electron fetches dictionaries from the net.
  spellcheck: false,
} as const satisfies WebPreferences

/** The running gateway's access, or undefined while there is none. Asked anew for every request: a restart moves it. */
export type CurrentAccess = () => GatewayAccess | undefined

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}

/**
 * Binds a session to the gateway: other origins are cancelled, the launch token is put on the gateway's own requests
 * (replacing whatever the page set), permissions and devices are refused, no proxy ever sees the token.
 */
export async function hardenSession(session: Session, access: CurrentAccess, developerTools: boolean): Promise<void> {
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const isTools = developerTools && url.startsWith('devtools://')
    decide({ cancel: !isTools && (access() === undefined || originOf(url) !== access()?.origin) })
  })
  session.webRequest.onBeforeSendHeaders(({ url, initiatorOrigin, requestHeaders }, decide) => {
    if (!/^https?:/.test(url)) return decide({ requestHeaders })
    const gateway = access()
    // An opaque frame (a sandboxed preview of some reply) initiates as "null": it gets nothing from the gateway.
    const isOwn = initiatorOrigin === undefined || initiatorOrigin === gateway?.origin
    if (gateway === undefined || originOf(url) !== gateway.origin || !isOwn) return decide({ cancel: true })
    const kept = Object.entries(requestHeaders).filter(([name]) => name.toLowerCase() !== 'authorization')
    decide({ requestHeaders: { ...Object.fromEntries(kept), authorization: `Bearer ${gateway.token}` } })
  })
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  await session.setProxy({ mode: 'direct' })
}

/** Puts every page the app ever creates under the same rules, the windows of developer tools included. */
export function hardenContents(app: App, access: CurrentAccess): void {
  app.on('web-contents-created', (_event, contents) => hardenPage(contents, access))
}

function hardenPage(contents: WebContents, access: CurrentAccess): void {
  const stayHome = (details: { url: string; preventDefault(): void }) => {
    if (access() === undefined || originOf(details.url) !== access()?.origin) details.preventDefault()
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // WebRTC would reach out past webRequest.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
