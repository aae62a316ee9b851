import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import Database from 'better-sqlite3'
import { runCli } from '../../cli/child.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'
import { filesWith } from '../../telemetry/secrets.ts'
import { bearer, issueKey } from './issue.ts'

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }, { anonymous: 'off' }))
})
after(() => gateway.stop())

const cli = (...args: string[]) => runCli(['keys', ...args], { GATEHOUSE_HOME: gateway.home.folder })

interface StoredKey {
  id: string
  hash: string
  revoked_at: string | null
}

function keys(): StoredKey[] {
  const db = new Database(gateway.home.store, { readonly: true })
  try {
    return db.prepare('SELECT * FROM keys ORDER BY id').all() as StoredKey[]
  } finally {
    db.close()
  }
}

/** A key for a tenant, and its id. */
async function create(...args: string[]): Promise<{ key: string; id: string }> {
  const { code, stdout, stderr } = await cli('create', ...args)
  assert.equal(code, 0, stderr)
  // The key alone stands on standard output, so that a script can take it from there.
  assert.match(stdout, /^gh-[A-Za-z0-9_-]{43}\n$/)
  return { key: stdout.trim(), id: /key_[0-9a-f]+/.exec(stderr)![0] }
}

test('a key is printed once, works at once, and is stored only as a hash of full length', async () => {
  const { key, id } = await create('--tenant', 'acme', '--team', 'blue')
  const reply = await gateway.chat(ask('default'), bearer(key))
  assert.equal(reply.status, 200)
  const { stdout } = await cli('list')
  assert.ok(stdout.includes(id) && stdout.includes('acme') && stdout.includes('blue'), stdout)
  await gateway.stored(1)
  for (const trace of [key, key.slice(3), key.slice(3, 23), key.slice(-20)]) {
    assert.deepEqual(filesWith(gateway.home.folder, trace), [])
    assert.ok(!stdout.includes(trace))
  }
  const row = keys().find((each) => each.id === id)!
  assert.match(row.hash, /^[0-9a-f]{64}$/)
  const pepper = readFileSync(`${gateway.home.folder}/key-pepper`, 'utf8').trim()
  assert.ok(!filesWith(gateway.home.folder, pepper).some((file) => file.includes('gatehouse.db')))
})

test('a key that is revoked stops with the very next request of a running gateway', async () => {
  const { id, key } = issueKey(gateway, { tenant: 'gone' })
  for (let count = 0; count < 3; count += 1) assert.equal((await gateway.chat(ask('default'), bearer(key))).status, 200)
  const revoked = await cli('revoke', id)
  assert.equal(revoked.code, 0, revoked.stderr)
  assert.equal((await gateway.chat(ask('default'), bearer(key))).status, 401)
  assert.notEqual(keys().find((row) => row.id === id)?.revoked_at, null)
})

test('words that make no sense are refused with a usage, and change nothing', async () => {
  const before = keys()
  const wrong = [
    ['create', '--tennant', 'x'],
    ['revoke', 'key_nowhere'],
  ]
  const results = await Promise.all(wrong.map((args) => cli(...args)))
  for (const [index, { code, stdout, stderr }] of results.entries()) {
    const hint = wrong[index]!.join(' ')
    assert.equal(code, 1, hint)
    assert.equal(stdout, '', hint)
    assert.ok(stderr.length > 10, hint)
    assert.doesNotMatch(stderr, /\n {4}at /, `${hint} shows a stack`)
  }
  assert.deepEqual(keys(), before)
})
