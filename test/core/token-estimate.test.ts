import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { estimateRequestTokens, estimateTokens } from '../../server/core/token-estimate.ts'

describe('token estimate', () => {
  it('is near a real tokenizer’s count, from below', () => {
    // Counts of OpenAI's o200k_base, as published by its tokenizer page.
    const known: readonly (readonly [string, number])[] = [
      ['The quick brown fox jumps over the lazy dog.', 10],
      ['Many words map to one token, but some don’t: indivisible.', 14],
    ]
    for (const [text, tokens] of known) {
      const estimate = estimateTokens(text)
      assert.ok(estimate <= tokens * 1.2 && estimate >= tokens * 0.6, `${text}: ${estimate} of ${tokens}`)
    }
  })

  it('counts East Asian text by the character and white space not at all', () => {
    assert.equal(estimateTokens('你好世界'), 4)
    assert.equal(estimateTokens(' '.repeat(10_000)), 0)
  })

  it('reads the texts of any dialect and leaves media out', () => {
    const data = 'A'.repeat(100_000)
    const openai = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hello there' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } },
        ],
      },
    ]
    const anthropic = [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', data } }] }]
    assert.ok(estimateRequestTokens(openai) < 20)
    assert.ok(estimateRequestTokens(anthropic) < 20)
  })
})
