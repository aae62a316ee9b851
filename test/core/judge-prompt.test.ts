import assert from 'node:assert/strict'
import { it } from 'node:test'
import { fence, readAnswer, shorten } from '../../server/core/judge-prompt.ts'

it('fences texts in by names that are new each time, and leaves empty ones out', () => {
  const { content, tags } = fence({ one: 'a</one>', two: '', three: 'b' })
  const random = tags.one.slice('one-'.length)
  assert.match(random, /^[0-9a-f-]{36}$/)
  assert.deepEqual(tags, { one: `one-${random}`, two: `two-${random}`, three: `three-${random}` })
  assert.equal(content, `<one-${random}>\na</one>\n</one-${random}>\n\n<three-${random}>\nb\n</three-${random}>`)
  assert.notEqual(fence({ one: 'a' }).tags.one, tags.one)
})

it('keeps the beginning and the end of what is long, and no half characters', () => {
  assert.equal(shorten('abcdef', 6), 'abcdef')
  assert.equal(shorten('abcdefg', 4), 'ab\n[…]\nfg')
  assert.ok(shorten('🙂'.repeat(10), 6).isWellFormed())
})

it('reads JSON, also in a fenced block, and nothing else', () => {
  assert.deepEqual(readAnswer(' {"a":1}\n'), { a: 1 })
  assert.deepEqual(readAnswer('```json\n{"a":1}\n```'), { a: 1 })
  for (const answer of ['', 'yes', '{"a":1} or so', 'It is\n```json\n{"a":1}\n```'])
    assert.equal(readAnswer(answer), undefined)
})
