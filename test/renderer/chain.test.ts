import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldChain } from '../../renderer/live/chain.ts'
import { attempt } from './samples.ts'

const failed = (index: number, status: number | null, reason = 'retry', provider = 'vllm-a') =>
  attempt({ index, status, reason, provider, outcome: 'error' })

test('a short chain shows every attempt', () => {
  const links = foldChain([failed(0, 503, 'first'), failed(1, 429), attempt({ index: 2, reason: 'fallback' })])
  assert.deepEqual(
    links.map(({ reason, failure }) => [reason, failure]),
    [
      ['first', '503'],
      ['retry', '429'],
      ['fallback', null],
    ],
  )
})

test('a long chain folds the retries of a target and counts how they failed', () => {
  const links = foldChain([
    failed(0, 503, 'first'),
    failed(1, 503),
    failed(2, null, 'fallback', 'ollama'),
    failed(3, 200, 'retry', 'ollama'),
    attempt({ index: 4, reason: 'fallback', provider: 'sandbox' }),
  ])
  assert.deepEqual(
    links.map(({ last, reason, failure }) => [last.provider, reason, failure]),
    [
      ['vllm-a', 'first', '503 ×2'],
      ['ollama', 'fallback', 'no reply, cut'],
      ['sandbox', 'fallback', null],
    ],
  )
})

test('a request that no target was called for has no chain', () => {
  assert.deepEqual(foldChain([]), [])
})
