import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect, make } from './support.ts'

describe('language', () => {
  const guardrail = make('language', { allowed: ['en', 'fr'] })
  const CASES: readonly [text: string, category: string | null][] = [
    ['This is a rather ordinary sentence in English, nothing more.', null],
    ['Voici une phrase tout à fait ordinaire en français.', null],
    ['Das ist ein ganz gewöhnlicher deutscher Satz und sonst nichts.', 'de'],
    ['Ja', null],
    ['', null],
    ['```\nfür alle wäre das ein ganz gewöhnlicher deutscher Satz\n```', null],
  ]
  for (const [text, category] of CASES)
    it(`${category === null ? 'passes' : `finds ${category} in`} ${JSON.stringify(text)}`, async () => {
      const inspection = await inspect(guardrail, text)
      assert.deepEqual([inspection.category, inspection.score], [category, category === null ? 0 : 1])
    })
})

describe('length', () => {
  const score = async (options: Readonly<Record<string, unknown>>, text: string) => {
    const { score, category } = await inspect(make('length', options), text)
    return score === 0 ? null : category
  }

  it('counts characters and tokens, from above and from below', async () => {
    assert.equal(await score({ max_characters: 5 }, '12345'), null)
    assert.equal(await score({ max_characters: 5 }, '123456'), 'characters')
    assert.equal(await score({ min_characters: 3 }, '12'), 'characters')
    assert.equal(await score({ min_characters: 3 }, '123'), null)
    assert.equal(await score({ max_tokens: 3 }, 'one two three'), null)
    assert.equal(await score({ max_tokens: 3 }, 'one two three four'), 'tokens')
    assert.equal(await score({ max_tokens: 3 }, ' '.repeat(50)), null)
  })
})
