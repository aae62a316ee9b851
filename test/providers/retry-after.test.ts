import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readRetryAfter } from '../../server/providers/retry-after.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const google = JSON.stringify({
  error: {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' }],
  },
})

/** Synthetic: nobody recorded rate-limit headers on a 429. Sources stand in `retry-after.ts`. */
const CASES: readonly (readonly [string, Record<string, string>, string, number | null])[] = [
  ['nothing', {}, '', null],
  ['milliseconds', { 'retry-after-ms': '150' }, '', 150],
  ['seconds', { 'retry-after': '2' }, '', 2000],
  ['parts of seconds', { 'retry-after': '0.5' }, '', 500],
  ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, '', 7000],
  ['a date that has passed', { 'retry-after': 'Wed, 31 Dec 2025 00:00:07 GMT' }, '', 0],
  ['something else', { 'retry-after': 'soon' }, '', null],
  ['milliseconds before seconds', { 'retry-after-ms': '20', 'retry-after': '9' }, '', 20],
  ['Google’s RetryInfo', {}, google, 34_075],
  [
    'a used-up limit of OpenAI’s',
    { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' },
    '',
    360_000,
  ],
  [
    'the longer of two',
    {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '120ms',
    },
    '',
    1000,
  ],
  [
    'a limit that is not used up',
    { 'x-ratelimit-remaining-requests': '5', 'x-ratelimit-reset-requests': '6m0s' },
    '',
    null,
  ],
  [
    'Anthropic’s reset',
    { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': '2026-01-01T00:00:03Z' },
    '',
    3000,
  ],
  ['OpenAI’s words', {}, '{"error":{"message":"Rate limit reached. Please try again in 1.2s. Visit"}}', 1200],
  ['OpenAI’s words in milliseconds', {}, 'Please try again in 20ms.', 20],
]

describe('how long to wait', () => {
  for (const [name, headers, body, expected] of CASES)
    it(`reads ${name}`, () => assert.equal(readRetryAfter(headers, body, NOW), expected))
})
