import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { electronProgram } from '../../scripts/desktop.ts'

const skip = electronProgram() === undefined ? false : "Electron's binary is installed"

test("without Electron's binary, one sentence tells how to get it", { skip }, () => {
  const script = fileURLToPath(new URL('../../scripts/desktop.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(stderr, /^Electron's binary is not installed: run `npx --no install-electron` once/)
})
