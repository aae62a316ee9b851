import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../renderer/live/filter.ts'
import { fromRow, type LiveRequest } from '../../renderer/live/request.ts'
import { attempt, row } from './samples.ts'

const requests: LiveRequest[] = [
  fromRow(row('plain', 1)),
  fromRow(
    row('fell-back', 2, {
      route: 'code review',
      tenant: 'globex',
      fallback: true,
      provider: 'ollama',
      attempt_list: [
        attempt({ outcome: 'error', status: 503, error: 'model is loading' }),
        attempt({ index: 1, provider: 'ollama', model: 'qwen3:14b', reason: 'fallback' }),
      ],
    }),
  ),
  fromRow(row('limited', 3, { status: 429, error: 'rate_limited', attempt_list: [] })),
  fromRow(row('broken', 4, { status: 502, error: 'targets_exhausted' })),
  fromRow(row('cut', 5, { status: 200, error: 'stream_failed', stream: true })),
  fromRow(row('left', 6, { status: 499, tenant: null })),
  { ...fromRow(row('busy', 7)), result: null },
  fromRow(
    row('adventurous', 8, {
      tenant: 'initech',
      attempt_list: [
        attempt({ provider: 'p', outcome: 'cancelled', queued_ms: 1200 }),
        attempt({ provider: 'p', index: 1, reason: 'hedge' }),
        attempt({ provider: 'p', index: 2, reason: 'escalation' }),
        attempt({ provider: 'p', index: 3, reason: 'retry' }),
        attempt({ provider: 'p', index: 4, reason: 'resume', resumed_at: 7 }),
      ],
    }),
  ),
]

const cases: [filter: string, found: string[]][] = [
  ['', ['plain', 'fell-back', 'limited', 'broken', 'cut', 'left', 'busy', 'adventurous']],
  ['status:429', ['limited']],
  ['status:4xx', ['limited', 'left']],
  ['status:ok', ['plain', 'fell-back', 'adventurous']],
  ['status:error', ['broken', 'cut']],
  ['status:refused', ['limited']],
  ['status:running', ['busy']],
  ['is:fallback', ['fell-back']],
  ['status:fallback', ['fell-back']],
  ['is:stream', ['cut']],
  ['is:hedge', ['adventurous']],
  ['is:escalation', ['adventurous']],
  ['is:retry', ['adventurous']],
  ['is:resume', ['adventurous']],
  ['is:queued', ['adventurous']],
  ['route:"code review"', ['fell-back']],
  ['TENANT:Glob', ['fell-back']],
  ['provider:ollama model:qwen', ['fell-back']],
  ['provider:ollama status:error', []],
  ['provider:vllm tenant:globex', ['fell-back']],
  ['loading', ['fell-back']],
  ['exhausted', ['broken']],
  ['trace-left', ['left']],
  ['qwen3:14b', ['fell-back']],
  ['route:', ['plain', 'fell-back', 'limited', 'broken', 'cut', 'left', 'busy', 'adventurous']],
]

for (const [text, found] of cases) {
  test(`the filter ${text || '(nothing)'} finds ${found.length}`, () => {
    const { matches } = parseFilter(text)
    assert.deepEqual(
      requests.filter(matches).map((request) => request.id),
      found,
    )
  })
}

test('a value that means nothing is named and does not hide everything', () => {
  const filter = parseFilter('status:bogus is:nothing is:constructor')
  assert.deepEqual(filter.unknown, ['status:bogus', 'is:nothing', 'is:constructor'])
  assert.equal(filter.empty, true)
})
