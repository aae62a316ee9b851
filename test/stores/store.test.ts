import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { openForReading, openForWriting } from '../../server/stores/database.ts'
import { createKey, hashKey, keyFinder, listKeys, revokeKey } from '../../server/stores/keys.ts'
import { storeFile } from './cache/support.ts'

const PEPPER = createSecretKey(Buffer.from('pepper of a test'))

test('a new store is in write-ahead mode, of the newest version, and clean', (t) => {
  const file = storeFile(t)
  const db = openForWriting(file)
  assert.equal(db.pragma('journal_mode', { simple: true }), 'wal')
  assert.ok((db.pragma('user_version', { simple: true }) as number) > 0)
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
  db.close()
  // Opening it again changes nothing and loses nothing.
  const again = openForWriting(file)
  assert.equal(again.pragma('integrity_check', { simple: true }), 'ok')
  again.close()
})

test('a store of a newer version is left alone, with words', (t) => {
  const file = storeFile(t)
  openForWriting(file).close()
  const db = new Database(file)
  db.pragma('user_version = 999')
  db.close()
  assert.throws(() => openForWriting(file), /version 999, newer than this Gatehouse knows/)
})

test('a reader sees a key as soon as another connection has written it, and no longer once it is revoked', (t) => {
  const file = storeFile(t)
  const writer = openForWriting(file)
  const reader = openForReading(file)
  t.after(() => {
    reader.close()
    writer.close()
  })
  const find = keyFinder(reader, PEPPER)
  const { id, key } = createKey(writer, PEPPER, { tenant: 'acme', team: null, routes: ['a', 'b'] })
  for (let count = 0; count < 3; count += 1)
    assert.deepEqual(find(key), { id, tenant: 'acme', team: null, routes: new Set(['a', 'b']) })
  assert.equal(find(`${key}x`), null)
  assert.equal(revokeKey(writer, id), true)
  assert.equal(find(key), null)
  assert.equal(revokeKey(writer, id), false)
  assert.equal(listKeys(writer).length, 1)
})

test('an unknown key that is made later is found later', (t) => {
  const file = storeFile(t)
  const writer = openForWriting(file)
  const reader = openForReading(file)
  t.after(() => {
    reader.close()
    writer.close()
  })
  const find = keyFinder(reader, PEPPER)
  assert.equal(find('gh-early'), null)
  writer
    .prepare('INSERT INTO keys (id, hash, tenant, created_at) VALUES (?, ?, ?, ?)')
    .run('key_1', hashKey('gh-early', PEPPER), 'acme', '2026-01-01T00:00:00.000Z')
  assert.equal(find('gh-early')?.tenant, 'acme')
})

test('the hash of a key depends on the secret of the installation', () => {
  assert.match(hashKey('gh-x', PEPPER), /^[0-9a-f]{64}$/)
  assert.notEqual(hashKey('gh-x', PEPPER), hashKey('gh-x', createSecretKey(Buffer.from('another'))))
})

test('a connection for reading cannot write', (t) => {
  const file = storeFile(t)
  openForWriting(file).close()
  const reader = openForReading(file)
  t.after(() => reader.close())
  assert.throws(() => reader.exec('DELETE FROM keys'), /readonly/)
})
