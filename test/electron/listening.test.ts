import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { eachLine, originFromLine } from '../../electron/listening.ts'
import { settle } from './fakes.ts'

test('the address is read from the line that announces it, and from no other', () => {
  assert.equal(originFromLine('listening on http://127.0.0.1:41234'), 'http://127.0.0.1:41234')
  assert.equal(originFromLine('gatehouse listening on http://[::1]:80/ (revision 3)'), 'http://[::1]')
  assert.equal(originFromLine('{"msg":"listening on http://127.0.0.1:5"}'), 'http://127.0.0.1:5')
  assert.equal(originFromLine('{"msg":"config loaded"}'), undefined)
  assert.equal(originFromLine('not listening on anything'), undefined)
})

test('a socket bound to every interface is opened over loopback', () => {
  assert.equal(originFromLine('listening on http://0.0.0.0:4000'), 'http://127.0.0.1:4000')
  assert.equal(originFromLine('listening on http://[::]:4000'), 'http://[::1]:4000')
})

test('an address on a network is refused: the token would travel there', () => {
  assert.throws(() => originFromLine('listening on http://192.168.1.5:4000'), /not loopback/)
  assert.throws(() => originFromLine('listening on http://127.0.0.1.example:4000'), /not loopback/)
})

test('lines are whole whatever the chunks are', async () => {
  const stream = new PassThrough()
  const lines: string[] = []
  eachLine(stream, (line) => lines.push(line))
  const bytes = Buffer.from('first\r\nlistening on http://127.0.0.1:1\nünfinished')
  for (const byte of bytes) stream.write(Buffer.from([byte]))
  await settle()
  assert.deepEqual(lines, ['first', 'listening on http://127.0.0.1:1'])
  stream.end()
  await settle()
  assert.deepEqual(lines.at(-1), 'ünfinished')
})
