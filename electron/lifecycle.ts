import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { App } from 'electron'

/**
 * Decides the data folder, before anything reads it: the platform's own for this app, or `chosen`. Chromium's files go
 * into a folder of their own inside, so that a backup of the gateway's data can leave them out. `setPath` throws for a
 * folder that is not there.
 */
export function placeData(app: Pick<App, 'getPath' | 'setPath'>, chosen: string | undefined): string {
  if (chosen) {
    mkdirSync(chosen, { recursive: true })
    app.setPath('userData', resolve(chosen))
  }
  const home = app.getPath('userData')
  const chromium = join(home, 'chromium')
  mkdirSync(chromium, { recursive: true })
  app.setPath('sessionData', chromium)
  return home
}

/**
 * Lets a quit, whatever its source, wait for `stop`. Returns whether a quit is under way, so that the window's close
 * is then a close.
 */
export function quitAfter(app: Pick<App, 'on' | 'quit'>, stop: () => Promise<void>): () => boolean {
  let phase: 'up' | 'quitting' | 'stopping' | 'stopped' = 'up'
  app.on('before-quit', () => {
    if (phase === 'up') phase = 'quitting'
  })
  app.on('will-quit', (event) => {
    if (phase === 'stopped') return
    event.preventDefault()
    if (phase === 'stopping') return
    phase = 'stopping'
    stop().finally(() => {
      phase = 'stopped'
      app.quit()
    })
  })
  return () => phase !== 'up'
}
