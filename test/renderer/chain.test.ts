import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldChain, lostTheRace, reasonWord } from '../../renderer/live/chain.ts'
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

test('every kind of step stays a link of its own, however long the chain', () => {
  const reasons = ['first', 'hedge', 'fallback', 'retry', 'escalation', 'resume']
  const links = foldChain(
    reasons.map((reason, index) => attempt({ index, reason, provider: `p${Math.min(index, 2)}` })),
  )
  assert.deepEqual(
    links.map(({ reason, last }) => [reason, last.index]),
    [
      ['first', 0],
      ['hedge', 1],
      ['fallback', 3],
      ['escalation', 4],
      ['resume', 5],
    ],
  )
})

test('time in a queue is summed over what is folded together', () => {
  const links = foldChain([
    { ...failed(0, 503, 'first'), queued_ms: 40 },
    { ...failed(1, 503), queued_ms: 2 },
    { ...failed(2, 503), queued_ms: 0.5 },
    attempt({ index: 3, reason: 'fallback', provider: 'ollama', queued_ms: 7 }),
  ])
  assert.deepEqual(
    links.map(({ queued_ms }) => queued_ms),
    [42.5, 7],
  )
})

test('a resumed reply says where its seam is', () => {
  assert.equal(reasonWord(attempt({ reason: 'resume', resumed_at: 1204 })), 'resumed at 1,204 chars')
  assert.equal(reasonWord(attempt({ reason: 'hedge' })), 'hedge')
  assert.equal(reasonWord(attempt({ reason: null })), 'then')
})

test('of two attempts side by side the cancelled one lost, whichever it is', () => {
  const first = (outcome: 'ok' | 'cancelled') => attempt({ outcome })
  const hedge = (outcome: 'ok' | 'cancelled') => attempt({ index: 1, reason: 'hedge', outcome })
  const lost = (...attempts: ReturnType<typeof attempt>[]) => attempts.map((each) => lostTheRace(each, attempts))
  assert.deepEqual(lost(first('cancelled'), hedge('ok')), [true, false])
  assert.deepEqual(lost(first('ok'), hedge('cancelled')), [false, true])
  assert.deepEqual(lost(first('cancelled'), attempt({ index: 1, reason: 'fallback' })), [false, false])
})
