import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditWords } from '../../renderer/cache/audit-words.ts'
import { formatBounds, formatRate, formatReplies, worstOf } from '../../renderer/cache/words.ts'
import { formatBytes } from '../../renderer/format.ts'
import { fieldGroups, settingOf } from '../../renderer/routes/form-fields.ts'
import { setValue } from '../../renderer/routes/yaml-edit.ts'
import type { AuditRow, CacheScopeQuality } from '../../server/http/admin/schemas.ts'

test('small shares keep their digits, and none is called zero that is not', () => {
  const told = [0, 0.00001, 0.0004, 0.005, 0.0123, 0.25, 1].map(formatRate)
  assert.deepEqual(told, ['0%', '<0.01%', '0.04%', '0.5%', '1.2%', '25%', '100%'])
  assert.equal(formatRate(null), '—')
  assert.equal(formatBounds({ low: 0.0004, high: 0.022 }), '0.04% to 2.2%')
})

test('bytes are told in the units of the config, with three digits', () => {
  const told = [0, 999, 1000, 1024, 1536, 64 * 1024 ** 2, 1023 * 1024, 3 * 1024 ** 5].map(formatBytes)
  assert.deepEqual(told, ['0 B', '999 B', '0.98 kB', '1 kB', '1.5 kB', '64 MB', '1 MB', '3072 TB'])
  assert.deepEqual([0, 1, 1200].map(formatReplies), ['0 replies', '1 reply', '1,200 replies'])
})

test('the worst scope is the one with the highest estimate, of those that know anything', () => {
  const scope = (route: string, estimate: number, samples: number) =>
    ({ route, samples, wrong: { estimate, low: 0, high: 1 } }) as CacheScopeQuality
  assert.equal(worstOf([]), null)
  assert.equal(worstOf([scope('a', 0.5, 0)]), null)
  assert.equal(worstOf([scope('a', 0.01, 3), scope('b', 0.02, 5), scope('c', 0.9, 0)])?.route, 'b')
})

test('what was done by hand is told in a sentence', () => {
  const row = (action: string, detail: AuditRow['detail']): AuditRow => ({
    id: 1,
    at: '2026-01-01T00:00:00.000Z',
    actor: 'session',
    action,
    detail,
  })
  const purged = (selection: object, more: object = { entries: 2, bytes: 2048 }) =>
    auditWords(row('cache-purge', { selection, ...more }))
  assert.equal(purged({}), 'Purged everything: 2 replies, 2 kB')
  assert.equal(purged({ route: 'support', tenant: 'acme' }), 'Purged route support, tenant acme: 2 replies, 2 kB')
  assert.equal(purged({ key: '0123456789abcdef' }), 'Purged reply 0123456789ab…: 2 replies, 2 kB')
  assert.equal(purged({ route: 'support' }, {}), 'Began to purge route support; it was cut short')
  const judged = { look_up: 7, review: 'wrong', tenant: 'acme', route: 'support', key: 'k' }
  assert.equal(auditWords(row('cache-review', judged)), 'Called the answer of look-up 7 wrong (support, acme)')
  assert.equal(auditWords(row('another', { a: 1 })), 'another {"a":1}')
})

test('turning the cache off in the form takes all that belongs to it from the file', () => {
  const mode = fieldGroups.flatMap(({ fields }) => fields).find(({ path }) => path.join('.') === 'cache.mode')!
  assert.equal(settingOf(mode, 'exact'), 'exact')
  assert.equal(settingOf(mode, 'off'), undefined)
  const source = 'routes:\n  a:\n    targets: [x/y]\n    cache: { mode: semantic, threshold: 0.9 }\n'
  assert.equal(setValue(source, ['routes', 'a', ...mode.clears!], undefined, 2), 'routes:\n  a:\n    targets: [x/y]\n')
})
