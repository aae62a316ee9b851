import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ErrorCode } from '../../server/core/errors.ts'
import { providers } from '../../server/providers/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'

interface Case {
  name: string
  kind: string
  status: number
  headers?: Record<string, string>
  body?: unknown
  code: ErrorCode
  retryable: boolean
  retryAfterMs?: number | null
}

/** Synthetic, after each vendor's documentation (`traits.docs`). */
const CASES: readonly Case[] = [
  {
    name: 'an empty OpenAI account',
    kind: 'openai',
    status: 429,
    body: { error: { code: 'insufficient_quota' } },
    code: 'upstream_spent',
    retryable: false,
  },
  {
    name: 'an OpenAI spend limit',
    kind: 'openai',
    status: 429,
    body: { error: { code: 'enforced_spend_limit_reached' } },
    code: 'upstream_spent',
    retryable: false,
  },
  {
    name: 'OpenAI’s own advice not to retry',
    kind: 'openai',
    status: 429,
    headers: { 'x-should-retry': 'false' },
    code: 'upstream_rate_limited',
    retryable: false,
  },
  {
    name: 'DeepSeek’s 402',
    kind: 'deepseek',
    status: 402,
    body: { error: { message: 'Insufficient Balance' } },
    code: 'upstream_spent',
    retryable: false,
  },
  {
    name: 'Anthropic’s empty balance, a 400',
    kind: 'anthropic',
    status: 400,
    body: {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' },
    },
    code: 'upstream_spent',
    retryable: false,
  },
  {
    name: 'Anthropic overloaded',
    kind: 'anthropic',
    status: 529,
    body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    code: 'upstream_error',
    retryable: true,
  },
  {
    name: 'Anthropic’s rate limit',
    kind: 'anthropic',
    status: 429,
    headers: { 'retry-after': '3' },
    code: 'upstream_rate_limited',
    retryable: true,
    retryAfterMs: 3000,
  },
  {
    name: 'Gemini’s quota with RetryInfo',
    kind: 'gemini',
    status: 429,
    body: { error: { status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '7s' }] } },
    code: 'upstream_rate_limited',
    retryable: true,
    retryAfterMs: 7000,
  },
  {
    name: 'Gemini unavailable',
    kind: 'gemini',
    status: 503,
    body: { error: { status: 'UNAVAILABLE', message: 'The model is overloaded.' } },
    code: 'upstream_error',
    retryable: true,
  },
  {
    name: 'Bedrock throttling',
    kind: 'bedrock',
    status: 429,
    headers: { 'x-amzn-errortype': 'ThrottlingException' },
    body: { message: 'Too many requests' },
    code: 'upstream_rate_limited',
    retryable: true,
  },
  {
    name: 'a failed Bedrock model',
    kind: 'bedrock',
    status: 424,
    body: { message: 'ModelErrorException' },
    code: 'upstream_error',
    retryable: true,
  },
  {
    name: 'a Bedrock service quota',
    kind: 'bedrock',
    status: 400,
    body: { __type: 'ServiceQuotaExceededException' },
    code: 'upstream_spent',
    retryable: false,
  },
  {
    name: 'too many calls at once at ElevenLabs',
    kind: 'elevenlabs',
    status: 429,
    body: { detail: { status: 'too_many_concurrent_requests', message: 'Too many' } },
    code: 'upstream_rate_limited',
    retryable: true,
    retryAfterMs: 500,
  },
  {
    name: 'the newer name of the same',
    kind: 'elevenlabs',
    status: 429,
    body: { detail: { type: 'rate_limit_error', code: 'concurrent_limit_exceeded' } },
    code: 'upstream_rate_limited',
    retryable: true,
    retryAfterMs: 500,
  },
  {
    name: 'a busy ElevenLabs',
    kind: 'elevenlabs',
    status: 429,
    body: { detail: { status: 'system_busy', message: 'busy' } },
    code: 'upstream_rate_limited',
    retryable: true,
    retryAfterMs: null,
  },
  {
    name: 'an empty ElevenLabs account, a 401',
    kind: 'elevenlabs',
    status: 401,
    body: { detail: { status: 'quota_exceeded', message: '0 credits' } },
    code: 'upstream_spent',
    retryable: false,
  },
  {
    name: 'a wrong ElevenLabs key',
    kind: 'elevenlabs',
    status: 401,
    body: { detail: { status: 'invalid_api_key' } },
    code: 'upstream_unauthorized',
    retryable: false,
  },
  {
    name: 'Cartesia at its limit',
    kind: 'cartesia',
    status: 429,
    body: { error: 'concurrency limit' },
    code: 'upstream_rate_limited',
    retryable: true,
    retryAfterMs: 500,
  },
  { name: 'a vLLM that is overloaded', kind: 'vllm', status: 503, code: 'upstream_error', retryable: true },
  {
    name: 'an Ollama without the model',
    kind: 'ollama',
    status: 404,
    body: { error: 'model "x" not found' },
    code: 'upstream_rejected',
    retryable: false,
  },
]

describe('refusals', () => {
  for (const { name, kind, status, headers = {}, body, code, retryable, retryAfterMs } of CASES)
    it(`knows ${name}`, () => {
      const refusal = { status, headers, body: Buffer.from(body === undefined ? '' : JSON.stringify(body)) }
      const error = providers.get(kind)!.classify(refusal)
      assert.equal(error.code, code)
      assert.equal(error.retryable, retryable)
      if (retryAfterMs !== undefined) assert.equal(error.retryAfterMs, retryAfterMs)
    })
})

describe('recorded refusals', { skip: recordingsMissing }, () => {
  const kinds = {
    'anthropic-messages': 'anthropic',
    'bedrock-converse': 'bedrock',
    gemini: 'gemini',
    'openai-chat': 'openai',
    'openai-responses': 'openai',
  }
  for (const [folder, kind] of Object.entries(kinds))
    for (const { name, response } of recordings(folder)) {
      if (response.status < 400) continue
      it(name, () => {
        const { status, headers } = response
        const error = providers.get(kind)!.classify({ status, headers, body: Buffer.from(response.body ?? '') })
        assert.equal(error.retryable, status >= 500)
        assert.ok(!error.message.includes('(no body)') && !error.message.includes('{'), error.message)
      })
    }
})
