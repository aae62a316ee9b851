import type { Provider, ProviderCall } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { HOSTED_TRAITS } from './hosted-traits.ts'
import { modelsBelow } from './model-lists.ts'

const listed = modelsBelow('/models?pageSize=1000', 'name', 'models')

/** https://ai.google.dev/api/generate-content */
export const geminiProvider: Provider = {
  kind: 'gemini',
  dialects: ['gemini'],
  traits: {
    ...HOSTED_TRAITS,
    priceId: 'google',
    otelName: 'gcp.gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    label: 'Google Gemini',
    docs: 'https://ai.google.dev/api/generate-content',
  },
  url({ policy, model, stream }: ProviderCall) {
    const name = /^(?:models|tunedModels)\//.test(model) ? model : `models/${model}`
    const path = name.split('/').map(encodeURIComponent).join('/')
    return `${policy.baseUrl}/${path}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
  },
  headers: ({ policy }) => (policy.apiKey === null ? {} : { 'x-goog-api-key': policy.apiKey }),
  classify: classifyRefusal,
  models: {
    url: listed.url,
    read: (json) => listed.read(json).map((model) => ({ ...model, id: model.id.replace(/^models\//, '') })),
  },
}
