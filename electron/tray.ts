import type { Menu, MenuItemConstructorOptions, Tray } from 'electron'
import type { ProviderHealth } from './health.ts'
import type { GatewayState } from './supervisor.ts'

export interface TrayActions {
  open(): void
  copyAddress(origin: string): void
  openDataFolder(): void
  quit(): void
}

/** One line on how the gateway is. */
export function statusLine(state: GatewayState, health: ProviderHealth | undefined): string {
  switch (state.kind) {
    case 'running':
      return health === undefined ? 'Running' : `Running, ${health.healthy} of ${health.total} providers healthy`
    case 'starting':
      return 'Starting…'
    case 'restarting':
      return 'Restarting after an unexpected exit…'
    case 'failed':
      return 'Stopped after a failure'
    case 'stopping':
      return 'Stopping…'
    case 'stopped':
      return 'Stopped'
  }
}

/** The tray menu for a state; what needs an address is greyed out while there is none. */
export function trayMenu(
  state: GatewayState,
  health: ProviderHealth | undefined,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const origin = state.kind === 'running' ? state.origin : undefined
  return [
    { label: statusLine(state, health), enabled: false },
    { type: 'separator' },
    { label: 'Open Gatehouse', enabled: origin !== undefined, click: () => actions.open() },
    { label: 'Copy address', enabled: origin !== undefined, click: () => origin && actions.copyAddress(origin) },
    { label: 'Open data folder', click: () => actions.openDataFolder() },
    { type: 'separator' },
    { label: 'Quit Gatehouse', click: () => actions.quit() },
  ]
}

/** The tray picture of a platform. macOS tints a black-and-clear picture itself when its name ends in Template. */
export function trayIcon(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
}

export interface StatusTray {
  update(state: GatewayState, health: ProviderHealth | undefined): void
}

/**
 * Puts the tray icon up. Undefined where the desktop has no tray: then closing the window must not hide it, because
 * nothing would bring it back.
 */
export function createTray(
  electron: { Tray: new (image: string) => Tray; Menu: Pick<typeof Menu, 'buildFromTemplate'> },
  image: string,
  actions: TrayActions,
): StatusTray | undefined {
  let tray: Tray
  try {
    tray = new electron.Tray(image)
  } catch {
    return undefined
  }
  tray.on('click', () => actions.open())
  return {
    update(state, health) {
      tray.setToolTip(`Gatehouse: ${statusLine(state, health)}`)
      tray.setContextMenu(electron.Menu.buildFromTemplate(trayMenu(state, health, actions)))
    },
  }
}
