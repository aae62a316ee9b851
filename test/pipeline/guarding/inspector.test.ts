import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GuardRule } from '../../../server/core/guard-policy.ts'
import { guardrails } from '../../../server/guardrails/index.ts'
import { Inspector } from '../../../server/pipeline/guarding/inspector.ts'
import { contextWith, make } from '../../guardrails/support.ts'

const options = { words: ['zebra'] }
/** What an Inspector asks of a rule. */
const rule = {
  kind: guardrails.get('keywords')!,
  guardrail: make('keywords', options),
  stage: 'pre',
  timeoutMs: 10_000,
  options,
  problem: null,
} as unknown as GuardRule
const context = contextWith({}, { stage: 'pre' })

test('texts above 64 KiB are looked at elsewhere, each once', async () => {
  const far: number[] = []
  const inspector = new Inspector(async (_, { text }) => {
    far.push(text.length)
    return { score: 0, category: null, matches: [] }
  })
  const inspect = (length: number) =>
    inspector.inspect(rule, { text: 'zebra'.padEnd(length), origin: 'user', place: 'messages[0]' }, context)
  for (const length of [10, 65_536]) assert.equal((await inspect(length)).matches.length, 1, 'looked at here')
  assert.deepEqual((await inspect(65_537)).matches, [])
  assert.deepEqual(far, [65_537])
  await inspect(65_537)
  assert.deepEqual(far, [65_537], 'it is kept')
})
