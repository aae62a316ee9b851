import assert from 'node:assert/strict'
import { exec, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { newHome, runCli, startServe } from './child.ts'

const run = promisify(exec)

async function serve(t: TestContext, config: string | undefined, args: string[] = [], environment = {}) {
  const home = newHome(config)
  // A folder that is not there yet, as on a first start; with a config, it is.
  const folder = config === undefined ? join(home.folder, 'new') : home.folder
  const process = await startServe(['--port', '0', ...args], { GATEHOUSE_HOME: folder, ...environment })
  t.after(async () => {
    await process.kill()
    home.remove()
  })
  return { process, folder }
}

const noCurl = spawnSync('curl', ['--version']).status === 0 ? false : 'curl is not installed'

test('a first start writes a commented config, says where everything is, and its curl line works', {
  skip: noCurl,
}, async (t) => {
  const { process, folder } = await serve(t, undefined)
  const { stdout } = process.output
  assert.match(readFileSync(join(folder, 'gatehouse.yaml'), 'utf8'), /^# Gatehouse reads this file/)
  for (const text of [process.url, join(folder, 'gatehouse.yaml'), folder, '/#code='])
    assert.ok(stdout.includes(text), `${text} is not in:\n${stdout}`)
  const curl = /^ *(curl .*)$/m.exec(stdout)![1]!
  const { stdout: answer } = await run(curl.replace(/^curl /, 'curl -m 10 '), { timeout: 15_000 })
  const reply = JSON.parse(answer) as { choices: { message: { content: string } }[]; synthetic?: boolean }
  assert.equal(reply.choices[0]!.message.content, 'Hello')
  assert.equal(reply.synthetic, true)

  assert.equal((await fetch(`${process.url}/readyz`)).status, 200)
  const { stdout: link } = await runCli(['signin', '--home', folder])
  assert.ok(link.startsWith(`${process.url}/#code=`), link)
  const { stdout: viewerLink } = await runCli(['signin', '--viewer', '--home', folder])
  const signedIn = await fetch(`${process.url}/admin/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: new URL(viewerLink.trim()).hash.replace('#code=', '') }),
  })
  assert.equal(((await signedIn.json()) as { role: string }).role, 'viewer')
  if (globalThis.process.platform !== 'win32') assert.equal(statSync(folder).mode & 0o777, 0o700)
})

test('flags win over the environment; bound elsewhere than to loopback, everybody needs a key', async (t) => {
  const other = newHome('version: 1\nroutes: { mine: { targets: [{ provider: sandbox, model: echo }] } }\n')
  t.after(other.remove)
  const config = join(other.folder, 'gatehouse.yaml')
  const { process, folder } = await serve(t, undefined, ['--config', config, '--host', '0.0.0.0'], {
    GATEHOUSE_CONFIG: join(other.folder, 'nowhere.yaml'),
    GATEHOUSE_PORT: '1',
    GATEHOUSE_HOST: '127.0.0.1',
  })
  assert.match(process.url, /^http:\/\/127\.0\.0\.1:\d{4,5}$/)
  assert.ok(process.output.stdout.includes(config))
  assert.match(process.output.stdout, /keys create --tenant/)
  assert.equal(existsSync(join(folder, 'gatehouse.db')), true)
  assert.equal((await fetch(`${process.url}/v1/models`)).status, 401)
})

test('a config with a mistake stops the start with its place, and a port that is taken with advice', async (t) => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const [bad, fresh] = [newHome('version: 1\nroutes: {}\n'), newHome()]
  t.after(async () => {
    bad.remove()
    fresh.remove()
    await new Promise((resolve) => taken.close(resolve))
  })
  const port = String((taken.address() as AddressInfo).port)
  const results = await Promise.all([
    runCli(['serve', '--home', bad.folder, '--port', '0']),
    runCli(['serve', '--home', fresh.folder, '--port', port]),
  ])
  assert.match(results[0].stderr, /not valid:\n {2}2:9 routes: there is no route/)
  assert.match(results[1].stderr, /--port/)
  for (const { code, stderr } of results) {
    assert.equal(code, 1)
    assert.doesNotMatch(stderr, /\n {4}at /)
  }
})
