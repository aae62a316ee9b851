import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Dialog } from 'electron'
import { askAboutFailure } from '../../electron/failure.ts'
import { placeData, quitAfter } from '../../electron/lifecycle.ts'
import { FakeApp, memoryLog, settle } from './fakes.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-home-'))
after(() => rmSync(folder, { recursive: true }))

test("data lie in the platform's folder, Chromium's files apart from them", () => {
  const app = new FakeApp()
  app.paths.set('userData', join(folder, 'platform'))
  assert.equal(placeData(app.asApp(), undefined), join(folder, 'platform'))
  assert.equal(app.paths.get('sessionData'), join(folder, 'platform', 'chromium'))
})

test('GATEHOUSE_HOME moves the data, the lock of the single instance with them', () => {
  const app = new FakeApp()
  const home = join(folder, 'chosen', 'deeper')
  assert.equal(placeData(app.asApp(), home), home)
  assert.equal(app.paths.get('userData'), home)
})

test('a quit waits for the gateway, once, and then goes through', async () => {
  const app = new FakeApp()
  const { promise, resolve } = Promise.withResolvers<void>()
  let stops = 0
  const isQuitting = quitAfter(app.asApp(), () => {
    stops++
    return promise
  })
  assert.equal(isQuitting(), false)
  assert.equal(app.quit(), false)
  assert.equal(app.quit(), false, 'an impatient second quit waits too')
  assert.equal(isQuitting(), true)
  resolve()
  await settle()
  assert.equal(stops, 1)
  assert.equal(app.quits, 3)
  assert.equal(app.quit(), true)
})

test('a failure is shown with the last lines, the log can be opened, and the answer counts', async () => {
  const log = memoryLog()
  log.write('config.yaml:3: unknown key')
  const shown: string[] = []
  const opened: string[] = []
  const answers = [1, 0]
  const dialog = {
    showMessageBox: async (options: { detail: string }) => {
      shown.push(options.detail)
      return { response: answers.shift() ?? 2, checkboxChecked: false }
    },
  } as unknown as Dialog
  const shell = {
    openPath: async (path: string) => {
      opened.push(path)
      return ''
    },
  }
  assert.equal(await askAboutFailure(dialog, shell, log, 'it exited with code 78'), 'restart')
  assert.equal(shown.length, 2)
  assert.match(shown[0] ?? '', /it exited with code 78[\s\S]*config\.yaml:3: unknown key/)
  assert.deepEqual(opened, [log.path])
  assert.equal(await askAboutFailure(dialog, shell, log, 'again'), 'quit')
})
