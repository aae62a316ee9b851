import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  builtinLexical,
  DEFAULT_THRESHOLD,
  LEXICAL_THRESHOLD,
} from '../../../server/cache/embedders/builtin-lexical.ts'
import { cosine } from '../../cache-eval/measure.ts'

const closeness = (one: string, other: string) => cosine(builtinLexical.embedOne(one), builtinLexical.embedOne(other))

test('the same question said alike stands at the same place', () => {
  for (const other of [
    'how can I reset my password',
    'Hi! HOW DO I RESET MY PASSWORD?? Thanks',
    'Could you please tell me how I can reset my password?',
  ])
    assert.ok(closeness('How do I reset my password?', other) > 0.999, other)
})

test('slips and plurals stay near, other questions stay away', () => {
  const question = 'How do I reset my password?'
  for (const near of ['How do I reset my passwrod?', 'How do I reset my passwords?'])
    assert.ok(closeness(question, near) > LEXICAL_THRESHOLD, near)
  for (const far of ['What is the weather in Rome?', 'Wie wird das Wetter?', 'SELECT 1'])
    assert.ok(closeness(question, far) < 0.35, far)
  assert.ok(closeness('flights from Paris to Rome', 'flights from Rome to Paris') < 0.99)
  assert.ok(LEXICAL_THRESHOLD < DEFAULT_THRESHOLD)
})

test('any text has a unit vector, and the end of a long one counts', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      const vector = builtinLexical.embedOne(text)
      assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-4)
    }),
    { numRuns: 500 },
  )
  const long = 'lorem ipsum dolor '.repeat(2000)
  assert.ok(closeness(`${long} what is the capital of France`, `${long} who wrote Hamlet and when`) < 1 - 1e-6)
})
