import { GatewayError, type UpstreamRefusal } from '../core/errors.ts'
import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { HOSTED_TRAITS } from './hosted-traits.ts'
import { modelsBelow } from './model-lists.ts'

/** A slot is free again as soon as one of the account's running calls ends. */
const SLOT_WAIT_MS = 500

/** https://elevenlabs.io/docs/api-reference/text-to-speech/stream */
export const elevenlabs: Provider = {
  kind: 'elevenlabs',
  dialects: ['elevenlabs-speech'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: null,
    otelName: 'elevenlabs',
    baseUrl: 'https://api.elevenlabs.io/v1',
    label: 'ElevenLabs',
    docs: 'https://elevenlabs.io/docs/api-reference/text-to-speech/stream',
  },
  url({ policy, request }) {
    const format = encodeURIComponent(String(request.output_format ?? ''))
    return `${policy.baseUrl}/text-to-speech/${encodeURIComponent(String(request.voice_id ?? ''))}/stream?output_format=${format}`
  },
  headers: ({ policy }) => (policy.apiKey === null ? {} : { 'xi-api-key': policy.apiKey }),
  classify: classifyElevenlabs,
  models: modelsBelow('/models', 'model_id'),
}

/**
 * Its 429 has two meanings, told apart by the body's `detail.status` or `detail.code`: too many calls of this account
 * at once, which a short wait mends, and a busy service, which wants backing off. An empty account answers 401
 * `quota_exceeded` (https://elevenlabs.io/docs/eleven-api/resources/errors).
 */
function classifyElevenlabs(refusal: UpstreamRefusal): GatewayError {
  const error = classifyRefusal(refusal)
  const text = refusal.body.toString('utf8', 0, 4000)
  const atOnce = /too_many_concurrent_requests|concurrent_limit_exceeded/.test(text)
  if (refusal.status !== 429 || !atOnce || error.retryAfterMs !== null) return error
  return new GatewayError('upstream_rate_limited', error.message, { upstream: refusal, retryAfterMs: SLOT_WAIT_MS })
}

/** Of the API that this adapter was written for. */
const CARTESIA_VERSION = '2026-03-01'

/** https://docs.cartesia.ai/api-reference/tts/bytes */
export const cartesia: Provider = {
  kind: 'cartesia',
  dialects: ['cartesia-speech'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: null,
    otelName: 'cartesia',
    baseUrl: 'https://api.cartesia.ai',
    label: 'Cartesia',
    docs: 'https://docs.cartesia.ai/api-reference/tts/bytes',
  },
  url: ({ policy }) => `${policy.baseUrl}/tts/bytes`,
  headers: ({ policy }) => ({
    'cartesia-version': CARTESIA_VERSION,
    ...(policy.apiKey === null ? {} : { authorization: `Bearer ${policy.apiKey}` }),
  }),
  classify: classifyCartesia,
  // It lists voices, not models: enough to see that it is up and takes the key.
  models: modelsBelow('/voices?limit=1', 'model_id'),
}

/** A 429 there always means too many calls at once (https://docs.cartesia.ai/use-an-api/concurrency-limits-and-timeouts). */
function classifyCartesia(refusal: UpstreamRefusal): GatewayError {
  const error = classifyRefusal(refusal)
  if (error.code !== 'upstream_rate_limited' || error.retryAfterMs !== null) return error
  return new GatewayError(error.code, error.message, { upstream: refusal, retryAfterMs: SLOT_WAIT_MS })
}
