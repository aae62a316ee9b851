import { GatewayError } from '../core/errors.ts'
import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { HOSTED_TRAITS } from './hosted-traits.ts'

const LIFETIME_MS = 10 * 60_000

/**
 * LiveKit Inference: OpenAI's chat dialect behind a token that is minted for each call from the project's key and
 * secret, with the grant `inference: { perform: true }` (https://docs.livekit.io/agents/models/inference/).
 */
export const livekit: Provider = {
  kind: 'livekit',
  dialects: ['openai-chat'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: null,
    otelName: 'livekit',
    baseUrl: 'https://agent-gateway.livekit.cloud/v1',
    label: 'LiveKit Inference',
    docs: 'https://docs.livekit.io/agents/models/inference/',
    options: {
      project_key: { type: 'secret', description: 'LIVEKIT_API_KEY of the project; api_key is LIVEKIT_API_SECRET' },
    },
  },
  url: ({ policy }) => `${policy.baseUrl}/chat/completions`,
  headers: () => ({}),
  async sign({ provider }, now) {
    const { project_key: issuer } = provider.options
    if (provider.apiKey === null) return {}
    if (typeof issuer !== 'string' || issuer === '')
      throw new GatewayError('provider_unconfigured', `Provider ${provider.id} has no project_key.`)
    // Loaded by the first call, as it takes much memory and few need it.
    const { SignJWT } = await import('jose')
    const seconds = Math.floor(now / 1000)
    const token = await new SignJWT({ inference: { perform: true } })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject('gatehouse')
      .setNotBefore(seconds)
      .setIssuedAt(seconds)
      .setExpirationTime(new Date(now + LIFETIME_MS))
      .sign(new TextEncoder().encode(provider.apiKey))
    return { authorization: `Bearer ${token}` }
  },
  classify: classifyRefusal,
}
