import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { besideArchive, loadVectorLibrary } from '../../../server/stores/cache/library.ts'

test('the library of a package is looked for beside the archive, and elsewhere where it lies', () => {
  const inPackage = '/opt/Gatehouse/resources/app.asar/node_modules/sqlite-vec-linux-x64/vec0.so'
  const unpacked = '/opt/Gatehouse/resources/app.asar.unpacked/node_modules/sqlite-vec-linux-x64/vec0.so'
  assert.equal(besideArchive(inPackage), unpacked)
  assert.equal(besideArchive(unpacked), unpacked)
  assert.equal(besideArchive('C:\\x\\app.asar\\vec0.dll'), 'C:\\x\\app.asar.unpacked\\vec0.dll')
  assert.equal(besideArchive('/srv/app.asarium/vec0.so'), '/srv/app.asarium/vec0.so')
})

test('the library is loaded, or it is said why not', () => {
  const db = new Database(':memory:')
  assert.match(loadVectorLibrary(db, '/nowhere/vec0')!, /^sqlite-vec cannot be loaded: /)
  assert.equal(loadVectorLibrary(db), null)
  assert.match(db.prepare('SELECT vec_version()').pluck().get() as string, /^v0\.1\./)
  db.close()
})
