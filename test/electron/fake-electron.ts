/**
 * Stands in for the `electron` module, so that electron/main.ts runs under plain Node: see `runMain` in main.test.ts.
 * utilityProcess.fork starts a real process; the rest records what is done to it.
 */
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, ForkOptions, MenuItemConstructorOptions } from 'electron'
import type { GatewayChild } from '../../electron/gateway-process.ts'
import { FakeApp, FakeSession, preventable } from './fakes.ts'

/** What the test sets before a run and reads after it. */
export const world = {
  entry: '',
  hasLock: true,
  dialogAnswer: 2,
  windows: [] as BrowserWindow[],
  dialogs: [] as { detail: string }[],
  trayMenu: [] as MenuItemConstructorOptions[],
  clipboard: '',
  session: new FakeSession(),
  processes: [] as UtilityChild[],
  switches: new Map<string, string>(),
  sandboxed: false,
  quit: Promise.withResolvers<void>(),
}

export const app = Object.assign(new FakeApp(), {
  isPackaged: true,
  commandLine: { appendSwitch: (name: string, value: string) => world.switches.set(name, value) },
  requestSingleInstanceLock: () => world.hasLock,
  enableSandbox() {
    world.sandboxed = true
  },
  whenReady: async () => {},
  quit() {
    for (const window of world.windows) window.emit('close', preventable())
    if (FakeApp.prototype.quit.call(app)) world.quit.resolve()
  },
})

/** A child process in the shape of Electron's utility process. */
class UtilityChild extends EventEmitter implements GatewayChild {
  readonly #child
  readonly stdout
  readonly stderr
  exitCode: number | undefined

  constructor(args: string[], options: ForkOptions) {
    super()
    const env = options.env as NodeJS.ProcessEnv
    this.#child = spawn(process.execPath, [world.entry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#child.on('exit', (code) => {
      this.exitCode = code ?? -1
      this.emit('exit', this.exitCode)
    })
  }

  postMessage(message: object): void {
    this.#child.send(message)
  }

  kill(): boolean {
    return this.#child.kill('SIGKILL')
  }
}

export const utilityProcess = {
  fork(_entry: string, args: string[], options: ForkOptions) {
    const child = new UtilityChild(args, options)
    world.processes.push(child)
    return child
  },
}

export class BrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly loaded: string[] = []
  shown = 0

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    world.windows.push(this)
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
  }

  isMinimized(): boolean {
    return false
  }

  show(): void {
    this.shown++
  }

  focus(): void {}
  hide(): void {}
}

export class Tray extends EventEmitter {
  setToolTip(): void {}

  setContextMenu(menu: MenuItemConstructorOptions[]): void {
    world.trayMenu = menu
  }
}

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: () => {},
}

export const clipboard = {
  writeText: (text: string) => {
    world.clipboard = text
  },
}

export const dialog = {
  showErrorBox: () => {},
  async showMessageBox(options: { detail: string }) {
    world.dialogs.push(options)
    return { response: world.dialogAnswer, checkboxChecked: false }
  },
}

export const session = { fromPartition: () => world.session }
export const shell = { openPath: async () => '' }
