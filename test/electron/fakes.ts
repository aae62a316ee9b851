import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import type { App, OnBeforeRequestListenerDetails, OnBeforeSendHeadersListenerDetails, Session } from 'electron'
import type { GatewayChild } from '../../electron/gateway-process.ts'
import type { GatewayLog } from '../../electron/log-file.ts'

/** Lets everything that is ready to run, run: promises, streams and immediates. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A utility process that does what the test tells it to. */
export class FakeChild extends EventEmitter implements GatewayChild {
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  readonly messages: unknown[] = []
  kills = 0

  postMessage(message: unknown): void {
    this.messages.push(message)
  }

  kill(): boolean {
    this.kills++
    return true
  }

  exit(code: number): void {
    this.stdout.end()
    this.stderr.end()
    this.emit('exit', code)
  }
}

export class FakeApp extends EventEmitter {
  readonly paths = new Map<string, string>()
  quits = 0

  getPath(name: string): string {
    return this.paths.get(name) ?? ''
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`${path} does not exist`)
    this.paths.set(name, path)
  }

  /** Electron's order: before-quit, the windows close, will-quit; each may be held up. Returns whether it quit. */
  quit(): boolean {
    this.quits++
    this.emit('before-quit', preventable())
    const event = preventable()
    this.emit('will-quit', event)
    return !event.prevented
  }

  asApp(): App {
    return this as unknown as App
  }
}

export interface Preventable {
  prevented: boolean
  preventDefault(): void
}

export function preventable<Details extends object>(details?: Details): Preventable & Details {
  const event = {
    ...details,
    prevented: false,
    preventDefault() {
      event.prevented = true
    },
  }
  return event as Preventable & Details
}

type Decision = { cancel?: boolean; requestHeaders?: Record<string, string | string[]> }
type Listener<Details> = (details: Details, decide: (decision: Decision) => void) => void

/** A session that keeps the handlers it is given and lets a test send requests through them. */
export class FakeSession {
  beforeRequest: Listener<OnBeforeRequestListenerDetails> | undefined
  beforeSendHeaders: Listener<OnBeforeSendHeadersListenerDetails> | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the handlers' signatures are Electron's and differ
  readonly handlers: Record<string, (...values: any[]) => any> = {}
  readonly settings: Record<string, unknown> = {}
  readonly webRequest = {
    onBeforeRequest: (listener: Listener<OnBeforeRequestListenerDetails>) => {
      this.beforeRequest = listener
    },
    onBeforeSendHeaders: (listener: Listener<OnBeforeSendHeadersListenerDetails>) => {
      this.beforeSendHeaders = listener
    },
  }

  setPermissionRequestHandler(handler: () => void): void {
    this.handlers.permissionRequest = handler
  }

  setPermissionCheckHandler(handler: () => void): void {
    this.handlers.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: () => void): void {
    this.handlers.devicePermission = handler
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.settings.spellChecker = enabled
  }

  async setProxy(proxy: object): Promise<void> {
    this.settings.proxy = proxy
  }

  /** The headers a request would leave with, or undefined when it is cancelled. */
  send(url: string, requestHeaders: Record<string, string> = {}, initiatorOrigin?: string): Decision['requestHeaders'] {
    const decisions: Decision[] = []
    const decide = (decision: Decision) => decisions.push(decision)
    this.beforeRequest?.({ url } as OnBeforeRequestListenerDetails, decide)
    if (decisions[0]?.cancel) return undefined
    this.beforeSendHeaders?.({ url, requestHeaders, initiatorOrigin } as OnBeforeSendHeadersListenerDetails, decide)
    return decisions[1]?.cancel ? undefined : decisions[1]?.requestHeaders
  }

  asSession(): Session {
    return this as unknown as Session
  }
}

/** A log that only remembers. */
export function memoryLog(): GatewayLog {
  const lines: string[] = []
  return {
    path: '/data/logs/gateway.log',
    write: (line) => {
      lines.push(line)
    },
    tail: () => lines,
    close: () => {},
  }
}
