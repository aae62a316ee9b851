import type { Dialog, Shell } from 'electron'
import type { GatewayLog } from './log-file.ts'

/** Tells the user that the gateway is down, with its last words. Resolves with what to do about it. */
export async function askAboutFailure(
  dialog: Pick<Dialog, 'showMessageBox'>,
  shell: Pick<Shell, 'openPath'>,
  log: GatewayLog,
  reason: string,
): Promise<'restart' | 'quit'> {
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Gatehouse',
      message: 'The gateway has stopped',
      detail: [`Reason: ${reason}.`, '', ...log.tail()].join('\n'),
      buttons: ['Restart', 'Open log', 'Quit'],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    })
    if (response === 0) return 'restart'
    if (response === 2) return 'quit'
    await shell.openPath(log.path)
  }
}
