import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../../cache-eval/random.ts'
import { expand, expandAll } from '../../guard-train/grammar.ts'

test('fills choices and pools, nested and empty ones too', () => {
  const pools = { who: ['(Ann|Ben)'], what: ['reads(| aloud)'] }
  const texts = new Set(expandAll(['<who> <what>.'], pools, 100, new Random(1)))
  assert.deepEqual([...texts].sort(), ['Ann reads aloud.', 'Ann reads.', 'Ben reads aloud.', 'Ben reads.'])
})

test('leaves brackets without a choice, unknown names and escaped signs as they are', () => {
  const text = expand('f(x) <|im_start|> <unknown> \\(a|b\\)', {}, new Random(1))
  assert.equal(text, 'f(x) <|im_start|> <unknown> (a|b)')
})
