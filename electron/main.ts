/**
 * The desktop shell: starts the gateway as a process, shows its UI in one window and its state in the tray, and stops
 * it in good order. This is the only file that loads Electron; the others take what they need of it.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, clipboard, dialog, Menu, session, shell, Tray, utilityProcess } from 'electron'
import { askAboutFailure } from './failure.ts'
import { startGateway } from './gateway-process.ts'
import { providerHealth } from './health.ts'
import { placeData, quitAfter } from './lifecycle.ts'
import { openGatewayLog } from './log-file.ts'
import { applicationMenu } from './menu.ts'
import { HOST_RULES, hardenContents, hardenSession, PARTITION } from './security.ts'
import { type GatewayState, superviseGateway } from './supervisor.ts'
import { createTray, trayIcon } from './tray.ts'
import { createMainWindow } from './window.ts'

const HEALTH_INTERVAL = 10_000
const root = fileURLToPath(new URL('..', import.meta.url))
const icons = join(root, 'resources', 'icons')
const developerTools = !app.isPackaged
const home = placeData(app, process.env.GATEHOUSE_HOME)

// Electron holds `ready` back until this module has run, so what must precede it stands here and nothing is awaited.
if (app.requestSingleInstanceLock()) {
  app.enableSandbox()
  app.commandLine.appendSwitch('host-resolver-rules', HOST_RULES)
  app.whenReady().then(run).catch(giveUp)
} else {
  app.quit()
}

/** What fails before there is a window or a log, such as a data folder that cannot be written, is still told. */
function giveUp(error: Error): void {
  dialog.showErrorBox('Gatehouse could not start', error.message)
  app.exit(1)
}

async function run(): Promise<void> {
  const log = openGatewayLog(join(home, 'logs', 'gateway.log'))
  const gateway = superviseGateway({
    start: () =>
      startGateway({
        fork: utilityProcess.fork,
        entry: join(root, 'server', 'main.js'),
        home,
        env: process.env,
        log,
        fetch,
      }),
    onState: follow,
  })
  const access = () => {
    const state = gateway.state()
    return state.kind === 'running' ? state : undefined
  }

  const page = session.fromPartition(PARTITION)
  await hardenSession(page, access, developerTools)
  hardenContents(app, access)
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform, developerTools)))

  const tray = createTray({ Tray, Menu }, join(icons, trayIcon(process.platform)), {
    open: () => window.show(),
    copyAddress: (origin) => clipboard.writeText(origin),
    openDataFolder: () => shell.openPath(home),
    quit: () => app.quit(),
  })
  const isQuitting = quitAfter(app, () => gateway.stop())
  const window = createMainWindow({
    BrowserWindow,
    session: page,
    icon: join(icons, '512.png'),
    developerTools,
    hidesOnClose: () => process.platform !== 'darwin' && tray !== undefined && !isQuitting(),
  })
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })

  setInterval(refreshHealth, HEALTH_INTERVAL).unref()
  gateway.start()

  function follow(state: GatewayState): void {
    tray?.update(state, undefined)
    if (state.kind === 'failed') recover(state.reason)
    if (state.kind !== 'running') return
    window.load(state.origin)
    refreshHealth()
  }

  async function recover(reason: string): Promise<void> {
    const choice = await askAboutFailure(dialog, shell, log, reason)
    if (choice === 'restart') gateway.start()
    else app.quit()
  }

  async function refreshHealth(): Promise<void> {
    const asked = access()
    if (asked === undefined) return
    const health = await providerHealth(asked, fetch)
    if (access() === asked) tray?.update(asked, health)
  }
}
