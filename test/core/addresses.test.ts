import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostAddress, isLoopbackAddress, isLoopbackHost, readAllowList } from '../../server/core/addresses.ts'

test('every form of a loopback address is loopback', () => {
  for (const address of ['127.0.0.1', '127.1.2.3', '127.255.255.255', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])
    assert.equal(isLoopbackAddress(address), true, address)
  // The same mapped address in hexadecimal, as the URL parser writes it.
  assert.equal(isLoopbackAddress('::ffff:7f00:1'), true, '::ffff:7f00:1')
})

test('no other address is loopback, however like one it looks', () => {
  const others = ['128.0.0.1', '126.255.255.255', '0.0.0.0', '10.0.0.1', '::', '::2', '::ffff:10.0.0.1', 'fe80::1']
  const rubbish = ['', 'localhost', '127.0.0', '127.0.0.1.example', '127.0.0.1 ', '0127.0.0.1', '1', '0x7f.1']
  for (const address of [...others, ...rubbish]) assert.equal(isLoopbackAddress(address), false, address)
})

test('a loopback host is a loopback address or localhost, in any case and with a root dot', () => {
  for (const host of ['127.0.0.1', '[::1]', '::1', 'localhost', 'LOCALHOST', 'localhost.', 'app.localhost'])
    assert.equal(isLoopbackHost(host), true, host)
  for (const host of ['localhost.example', 'notlocalhost', 'example', '', '[::2]', '127.0.0.1.nip.io', 'local-host'])
    assert.equal(isLoopbackHost(host), false, host)
})

test('a host part gives its address without brackets and zone, and a name gives none', () => {
  assert.equal(hostAddress('[::1]'), '::1')
  assert.equal(hostAddress('fe80::1%eth0'), 'fe80::1')
  assert.equal(hostAddress('10.0.0.5'), '10.0.0.5')
  for (const name of ['models.example', '', '10.0.0', '[10.0.0.1', '256.1.1.1']) assert.equal(hostAddress(name), null)
})

test('an allow list lets exactly its ranges and addresses through', () => {
  const list = readAllowList(['10.0.0.0/8', '192.168.7.7', 'fd00::/8', '2001:db8::5', '172.16.0.0/12'])
  const inside = ['10.0.0.0', '10.255.255.255', '192.168.7.7', 'fd00::1', 'fdff::1', '2001:db8::5', '172.31.255.255']
  const outside = ['9.255.255.255', '11.0.0.0', '192.168.7.8', 'fc00::1', '2001:db8::6', '172.32.0.0', '0.0.0.0', '']
  for (const address of inside) assert.equal(list.hasAddress(address), true, address)
  for (const address of outside) assert.equal(list.hasAddress(address), false, address)
})

test('an IPv4 range covers its addresses mapped into IPv6, in either spelling', () => {
  const list = readAllowList(['10.0.0.0/8'])
  assert.equal(list.hasAddress('::ffff:10.1.2.3'), true)
  assert.equal(list.hasAddress('::ffff:a01:203'), true)
  assert.equal(list.hasAddress('::ffff:11.1.2.3'), false)
})

test('names are matched whole and without regard to case, wildcards only below their suffix', () => {
  const list = readAllowList(['api.openai.com', '*.models.example'])
  for (const name of ['api.openai.com', 'API.OpenAI.com', 'api.openai.com.', 'a.models.example', 'a.b.Models.Example.'])
    assert.equal(list.hasName(name), true, name)
  for (const name of ['openai.com', 'xapi.openai.com', 'api.openai.com.evil', 'models.example', 'evilmodels.example'])
    assert.equal(list.hasName(name), false, name)
})

test('an entry that is no address, range or name is refused and quoted', () => {
  const rubbish = ['', ' ', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', '10.0.0/8', '10.0.0.256', 'fd00::/129', '*']
  const more = ['*.', '*example', 'a b', 'http://x', 'name/8', '/8', '-x', 'x-', '1.2.3', '10.0.0.0/', '::1/x', 'a_b']
  for (const entry of [...rubbish, ...more])
    assert.throws(
      () => readAllowList([entry]),
      (error: unknown) => error instanceof RangeError && error.message.includes(`"${entry}"`),
      entry,
    )
})
