import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import { dialGuard } from '../../server/egress/guard.ts'

/** An address (RFC 5737) as one number: a name to everyone but the resolver, which needs no network for it. */
const NAME_OF_192_0_2_1 = String((192 << 24) + (2 << 8) + 1 + 2 ** 32)
const skip = process.platform === 'win32' ? 'this resolver does not read numbers as addresses' : false

interface Resolved {
  error: Error | null
  addresses: string[]
}

function resolve(allow: readonly string[], host: string, mode: 'sealed' | 'open' = 'sealed'): Promise<Resolved> {
  return new Promise((done) => {
    dialGuard({ mode, allow }).lookup(host, { all: true }, (error, found) => {
      const list = Array.isArray(found) ? found : [{ address: found, family: 4 }]
      done({ error, addresses: error ? [] : list.map(({ address }) => address) })
    })
  })
}

async function assertRefused(allow: readonly string[], host: string): Promise<void> {
  const { error } = await resolve(allow, host)
  assert.ok(error instanceof GatewayError, `${host} was let through`)
  assert.equal(error.code, 'egress_refused')
  assert.ok(error.message.includes(host), error.message)
}

test('a name that resolves to an address that is not allowed is refused', { skip }, async () => {
  await assertRefused([], NAME_OF_192_0_2_1)
  await assertRefused(['10.0.0.0/8', 'other.example', '192.0.2.2'], NAME_OF_192_0_2_1)
})

test('a name that resolves to an allowed address is let through', { skip }, async () => {
  for (const allow of ['192.0.2.0/24', '192.0.2.1'])
    assert.deepEqual(await resolve([allow], NAME_OF_192_0_2_1), { error: null, addresses: ['192.0.2.1'] })
})

test('localhost gives loopback addresses only, and is always allowed', async () => {
  const { error, addresses } = await resolve([], 'localhost')
  assert.equal(error, null)
  assert.ok(addresses.length > 0)
  for (const address of addresses) assert.match(address, /^(127\.|::1$)/)
})

test('the answer for one address has the form that a socket asks for', async () => {
  const [error, address, family] = await new Promise<unknown[]>((done) => {
    dialGuard({ mode: 'sealed', allow: [] }).lookup('127.0.0.1', {}, (...answer) => done(answer))
  })
  assert.deepEqual([error, address, family], [null, '127.0.0.1', 4])
})

test('an address is judged before anything is opened, in all of its spellings', () => {
  const { checkHost } = dialGuard({ mode: 'sealed', allow: ['10.0.0.0/8', 'fd00::/8'] })
  for (const host of ['127.0.0.1', '[::1]', '10.1.2.3', '[fd00::1]', '[::ffff:10.0.0.1]', '[::ffff:a00:1]', 'a.name'])
    assert.doesNotThrow(() => checkHost(host), host)
  for (const host of [
    '192.0.2.1',
    '0.0.0.0',
    '[::]',
    '[fe80::1]',
    '[::ffff:192.0.2.1]',
    '[::ffff:c000:201]',
    '11.0.0.1',
  ])
    assert.throws(() => checkHost(host), GatewayError, host)
})

test('open mode judges nothing', { skip }, async () => {
  const { error, addresses } = await resolve([], NAME_OF_192_0_2_1, 'open')
  assert.deepEqual([error, addresses], [null, ['192.0.2.1']])
  assert.doesNotThrow(() => dialGuard({ mode: 'open', allow: [] }).checkHost('192.0.2.1'))
})
