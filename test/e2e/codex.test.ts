import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { routesConfig, startGateway } from '../support/gateway.ts'

const BINARY = process.env.CODEX_BINARY ?? 'codex'
const installed = spawnSync(BINARY, ['--version'], { timeout: 20_000 }).status === 0

describe('Codex CLI', {
  skip: installed ? false : 'it is not installed (npm i -g @openai/codex, or CODEX_BINARY names it)',
}, () => {
  it('completes a turn against /v1/responses', async () => {
    const gateway = await startGateway(routesConfig({}, { codex: ['sandbox/echo'] }))
    const home = mkdtempSync(join(tmpdir(), 'gatehouse-codex-'))
    try {
      const provider = `name = "Gatehouse"\nbase_url = "${gateway.url}/v1"\nwire_api = "responses"\n`
      const config = `model = "codex"\nmodel_provider = "gatehouse"\n[model_providers.gatehouse]\n${provider}`
      writeFileSync(join(home, 'config.toml'), config)
      const ask = ['exec', '--skip-git-repo-check', '--sandbox', 'read-only', 'Say the word turnstile.']
      const running = promisify(execFile)(BINARY, ask, {
        cwd: home,
        env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: home },
        timeout: 60_000,
      })
      running.child.stdin?.end()
      const { stdout } = await running
      assert.match(stdout, /turnstile/)
      const [request] = await gateway.stored(1)
      assert.deepEqual([request!.surface, request!.status, request!.stream], ['/v1/responses', 200, true])
    } finally {
      await gateway.stop()
      rmSync(home, { recursive: true, force: true })
    }
  })
})
