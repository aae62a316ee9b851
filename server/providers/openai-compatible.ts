import type { Provider, ProviderCall } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import type { Vendor } from './vendors.ts'

/** The provider of one row of the vendor table. */
export function openaiCompatible(vendor: Vendor): Provider {
  return {
    kind: vendor.kind,
    dialects: ['openai-chat'],
    traits: {
      priceId: vendor.priceId,
      otelName: vendor.otelName,
      streamUsage: vendor.streamUsage,
      selfHosted: vendor.selfHosted,
      synthetic: false,
      baseUrl: vendor.baseUrl,
      needsKey: vendor.needsKey,
      options: vendor.options ?? {},
    },
    url: (call) => chatUrl(call),
    headers({ policy }) {
      if (policy.apiKey === null) return {}
      return vendor.auth === 'bearer' ? { authorization: `Bearer ${policy.apiKey}` } : { 'api-key': policy.apiKey }
    },
    classify: classifyRefusal,
  }
}

function chatUrl({ policy, model }: ProviderCall): string {
  const version = policy.options.api_version
  if (typeof version !== 'string') return `${policy.baseUrl}/chat/completions`
  const deployment = encodeURIComponent(model)
  return `${policy.baseUrl}/openai/deployments/${deployment}/chat/completions?api-version=${encodeURIComponent(version)}`
}
