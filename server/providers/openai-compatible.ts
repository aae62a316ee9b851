import type { DialectId } from '../core/dialect-id.ts'
import type { Provider, ProviderCall } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { modelsBelow } from './model-lists.ts'
import type { Vendor } from './vendors.ts'

/** Where each format is spoken, below the base URL. */
const PATHS: Partial<Record<DialectId, string>> = {
  'openai-chat': '/chat/completions',
  'openai-completions': '/completions',
  'openai-responses': '/responses',
  'anthropic-messages': '/messages',
  'openai-embeddings': '/embeddings',
  rerank: '/rerank',
  'openai-speech': '/audio/speech',
  'openai-transcription': '/audio/transcriptions',
  'openai-images': '/images/generations',
  'openai-moderations': '/moderations',
}

/** The provider of one row of the vendor table. */
export function openaiCompatible(vendor: Vendor): Provider {
  const { kind, dialects, alsoSpeaks, models } = vendor
  return {
    kind,
    dialects,
    ...(alsoSpeaks ? { alsoSpeaks } : {}),
    traits: {
      priceId: vendor.priceId,
      otelName: vendor.otelName,
      quirks: vendor.quirks,
      selfHosted: vendor.selfHosted,
      synthetic: false,
      baseUrl: vendor.baseUrl,
      label: vendor.label,
      docs: vendor.docs,
      needsKey: vendor.needsKey,
      options: vendor.options ?? {},
    },
    url: urlOf,
    headers({ policy }) {
      if (policy.apiKey === null) return {}
      return vendor.auth === 'bearer' ? { authorization: `Bearer ${policy.apiKey}` } : { 'api-key': policy.apiKey }
    },
    classify: classifyRefusal,
    ...(models === null ? {} : { models: modelsBelow(models) }),
  }
}

function urlOf({ policy, model, dialect }: ProviderCall): string {
  const path = PATHS[dialect]
  if (path === undefined) throw new Error(`no path for ${dialect}`)
  const version = policy.options.api_version
  if (typeof version !== 'string') return `${policy.baseUrl}${path}`
  // Azure's dated API; responses stand outside of deployments.
  const place = dialect === 'openai-responses' ? '' : `/deployments/${encodeURIComponent(model)}`
  return `${policy.baseUrl}/openai${place}${path}?api-version=${encodeURIComponent(version)}`
}
