import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron'
import { WEB_PREFERENCES } from './security.ts'

export interface WindowOptions {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  session: Session
  icon: string
  developerTools: boolean
  /** Whether closing only hides the window; asked at each close. */
  hidesOnClose: () => boolean
}

export interface MainWindow {
  /** Brings the window to the front, opening it when there is none, once the gateway has an address. */
  show(): void
  /** Loads the UI from a gateway that has become ready. */
  load(origin: string): void
}

/** The app's one window. The first `load` opens it; later ones follow the gateway to its new address. */
export function createMainWindow(options: WindowOptions): MainWindow {
  let window: BrowserWindow | undefined
  let address: string | undefined

  function open(origin: string): void {
    const opened = new options.BrowserWindow({
      width: 1280,
      height: 840,
      minWidth: 720,
      minHeight: 480,
      show: false,
      title: 'Gatehouse',
      icon: options.icon,
      webPreferences: { ...WEB_PREFERENCES, session: options.session, devTools: options.developerTools },
    })
    window = opened
    opened.once('ready-to-show', () => opened.show())
    opened.on('close', (event) => {
      if (!options.hidesOnClose()) return
      event.preventDefault()
      opened.hide()
    })
    opened.on('closed', () => {
      window = undefined
    })
    visit(opened, origin)
  }

  return {
    show() {
      if (window === undefined) {
        if (address !== undefined) open(address)
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    load(origin) {
      const isFirst = address === undefined
      address = origin
      if (window !== undefined) visit(window, origin)
      else if (isFirst) open(origin)
    },
  }
}

/** A load that fails (the gateway died meanwhile) is answered by the supervisor, which loads the next address. */
function visit(window: BrowserWindow, origin: string): void {
  window.loadURL(`${origin}/`).catch(() => {})
}
