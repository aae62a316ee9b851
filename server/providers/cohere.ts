import type { DialectId } from '../core/dialect-id.ts'
import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { HOSTED_TRAITS } from './hosted-traits.ts'
import { modelsBelow } from './model-lists.ts'

const PATHS: Partial<Record<DialectId, string>> = {
  'cohere-chat': '/v2/chat',
  rerank: '/v2/rerank',
  'cohere-embed': '/v2/embed',
}

/** https://docs.cohere.com/v2/reference/about */
export const cohere: Provider = {
  kind: 'cohere',
  dialects: ['cohere-chat', 'rerank', 'cohere-embed'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: 'cohere',
    otelName: 'cohere',
    baseUrl: 'https://api.cohere.com',
    label: 'Cohere',
    docs: 'https://docs.cohere.com/v2/reference/about',
  },
  url: ({ policy, dialect }) => `${policy.baseUrl}${PATHS[dialect] ?? ''}`,
  headers: ({ policy }) => (policy.apiKey === null ? {} : { authorization: `Bearer ${policy.apiKey}` }),
  classify: classifyRefusal,
  models: modelsBelow('/v1/models?page_size=1000', 'name', 'models'),
}
