import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { HOSTED_TRAITS } from './hosted-traits.ts'
import { modelsBelow } from './model-lists.ts'

/** The API's version, unless the client names one: https://platform.claude.com/docs/en/api/versioning */
const VERSION = '2023-06-01'

/** https://platform.claude.com/docs/en/api/messages */
export const anthropic: Provider = {
  kind: 'anthropic',
  dialects: ['anthropic-messages', 'anthropic-count-tokens'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: 'anthropic',
    otelName: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    label: 'Anthropic',
    docs: 'https://platform.claude.com/docs/en/api/messages',
  },
  url: ({ policy, dialect }) =>
    `${policy.baseUrl}/messages${dialect === 'anthropic-count-tokens' ? '/count_tokens' : ''}`,
  headers: ({ policy }) => ({
    'anthropic-version': VERSION,
    ...(policy.apiKey === null ? {} : { 'x-api-key': policy.apiKey }),
  }),
  classify: classifyRefusal,
  models: modelsBelow('/models?limit=1000'),
}
