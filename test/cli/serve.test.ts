import assert from 'node:assert/strict'
import { exec } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
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

test('a first start writes a commented config, says where everything is, and its curl line works', async (t) => {
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
  if (globalThis.process.platform !== 'win32') assert.equal(statSync(folder).mode & 0o777, 0o700)
})

test('flags and environment name home, config, port and host; flags win', async (t) => {
  const other = newHome('version: 1\nroutes: { mine: { targets: [{ provider: sandbox, model: echo }] } }\n')
  t.after(other.remove)
  const { process, folder } = await serve(t, undefined, ['--config', join(other.folder, 'gatehouse.yaml')], {
    GATEHOUSE_CONFIG: join(other.folder, 'nowhere.yaml'),
    GATEHOUSE_PORT: '1',
    GATEHOUSE_HOST: '127.0.0.1',
  })
  assert.match(process.url, /^http:\/\/127\.0\.0\.1:\d{4,5}$/)
  const { data } = (await (await fetch(`${process.url}/v1/models`)).json()) as { data: { id: string }[] }
  assert.deepEqual(
    data.map(({ id }) => id),
    ['mine'],
  )
  assert.equal(existsSync(join(folder, 'gatehouse.db')), true)
})

test('bound elsewhere than to loopback, a caller without a key is refused and told how to get one', async (t) => {
  const { process } = await serve(t, undefined, ['--host', '0.0.0.0'])
  assert.match(process.output.stdout, /keys create --tenant/)
  const reply = await fetch(`${process.url}/v1/models`)
  assert.equal(reply.status, 401)
  // A name that is not listed stays foreign there, too.
  assert.equal((await fetch(`${process.url}/healthz`)).status, 200)
})

test('a config with a mistake stops the start with its place, and so does a port that is taken', async (t) => {
  const { process } = await serve(t, undefined)
  const bad = newHome('version: 1\nroutes: {}\n')
  t.after(bad.remove)
  const port = new URL(process.url).port
  const fresh = newHome()
  t.after(fresh.remove)
  const [config, taken] = await Promise.all([
    runCli(['serve', '--home', bad.folder, '--port', '0']),
    runCli(['serve', '--home', fresh.folder, '--port', port]),
  ])
  assert.equal(config.code, 1)
  assert.match(config.stderr, /not valid:\n {2}2:9 routes: there is no route/)
  assert.equal(taken.code, 1)
  assert.match(taken.stderr, /--port/)
  for (const { stderr } of [config, taken]) assert.doesNotMatch(stderr, /\n {4}at /)
})
