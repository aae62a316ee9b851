import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { app, world } from './fake-electron.ts'
import { FakeSession } from './fakes.ts'

const server = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const standIn = fileURLToPath(new URL('./stand-in-gateway.ts', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'gatehouse-shell-'))
let runs = 0

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context)
    return { url: new URL('./fake-electron.ts', import.meta.url).href, shortCircuit: true }
  },
})

/** Runs electron/main.ts afresh around the given gateway entry. */
async function runMain(entry: string): Promise<void> {
  process.env.GATEHOUSE_HOME = join(home, String(++runs))
  process.env.GATEHOUSE_PORT = '0'
  app.removeAllListeners()
  Object.assign(world, {
    entry,
    windows: [],
    dialogs: [],
    processes: [],
    session: new FakeSession(),
    quit: Promise.withResolvers(),
  })
  await import(`../../electron/main.ts?run=${runs}`)
}

async function eventually<Value>(what: string, look: () => Value | undefined | false): Promise<Value> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const value = look()
    if (value) return value
    if (Date.now() > deadline) assert.fail(`${what} did not come about`)
    await sleep(20)
  }
}

const loaded = (index: number) => eventually('the page', () => world.windows[0]?.loaded[index])
const status = () => world.trayMenu[0]?.label

async function quit(): Promise<void> {
  app.quit()
  await world.quit.promise
}

afterEach(() => {
  for (const child of world.processes) if (child.exitCode === undefined) child.kill()
  delete process.env.STAND_IN_FAILS
})
after(() => rmSync(home, { recursive: true, force: true }))

for (const [name, entry] of [
  ['a stand-in', standIn],
  ['the real gateway', server],
] as const) {
  test(`from start to quit with ${name}`, async () => {
    await runMain(entry)
    const page = await loaded(0)
    const url = new URL('/admin/api/providers', page)
    assert.equal(url.hostname, '127.0.0.1')
    assert.ok(world.sandboxed)
    assert.match(world.switches.get('host-resolver-rules') ?? '', /NOTFOUND/)

    assert.equal((await fetch(url)).status, 401, 'the page alone is nobody')
    const headers = world.session.send(url.href, {}, url.origin) as Record<string, string>
    const reply = await fetch(url, { headers })
    assert.equal(reply.status, 200, 'the token opens the admin API')
    assert.ok(Array.isArray(((await reply.json()) as { data: unknown }).data))
    await eventually('the provider count', () => /\d+ of \d+ providers healthy/.test(status() ?? ''))
    assert.match(readFileSync(join(home, String(runs), 'logs', 'gateway.log'), 'utf8'), /listening on /)

    await quit()
    assert.equal(world.processes.length, 1)
    assert.equal(world.processes[0]?.exitCode, 0, 'a stop is graceful')
  })
}

test('a second instance leaves at once; the first one shows its window', async () => {
  await runMain(standIn)
  await loaded(0)
  const before = world.windows[0]?.shown ?? 0
  app.emit('second-instance')
  assert.equal(world.windows[0]?.shown, before + 1)
  await quit()

  world.hasLock = false
  await runMain(standIn)
  await world.quit.promise
  assert.equal(world.processes.length, 0)
  world.hasLock = true
})

test('a gateway that dies is started again and the window follows it', async () => {
  await runMain(standIn)
  const first = await loaded(0)
  await fetch(new URL('/crash', first)).catch(() => {})
  await eventually('the tray to tell', () => /Restarting/.test(status() ?? ''))
  const second = await loaded(1)
  assert.notEqual(second, first)
  assert.equal(world.session.send(first), undefined, 'the old address is foreign now')
  assert.ok(world.session.send(second))
  await quit()
})

test('a gateway that cannot start is told about, and quitting is one of the answers', async () => {
  process.env.STAND_IN_FAILS = '1'
  await runMain(standIn)
  await world.quit.promise
  assert.equal(world.processes.length, 1)
  assert.match(world.dialogs[0]?.detail ?? '', /code 78[\s\S]*unknown key "rutes"/)
})

test('the tray copies the address', async () => {
  await runMain(standIn)
  const page = await loaded(0)
  const copy = world.trayMenu.find((item) => item.label === 'Copy address')?.click as () => void
  copy()
  assert.equal(world.clipboard, new URL(page).origin)
  await quit()
})
