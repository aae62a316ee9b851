import type { FastifyInstance } from 'fastify'
import type { ProviderPolicy } from '../../core/policy.ts'
import type { HttpDeps } from '../context.ts'
import { ProviderList, type ProviderRow } from './schemas.ts'

/** The configured providers and how they are doing. */
export function registerProviders(app: FastifyInstance, deps: HttpDeps): void {
  app.get(
    '/admin/api/providers',
    { schema: { summary: 'Providers and their health', response: { 200: ProviderList } } },
    async () => ({ data: [...deps.policy().providers.values()].map((policy) => toRow(policy, deps)) }),
  )
}

function toRow(policy: ProviderPolicy, { admin }: HttpDeps): ProviderRow {
  const { dialects, traits, models } = admin.providers.get(policy.kind)!
  const health = admin.health.read(policy.id)
  return {
    id: policy.id,
    kind: policy.kind,
    label: traits.label,
    docs: traits.docs,
    base_url: policy.baseUrl,
    residency: policy.residency,
    synthetic: traits.synthetic,
    lists_models: models !== undefined,
    dialects: [...(policy.dialects ?? dialects)],
    status: policy.problem === null ? health.status : 'unconfigured',
    detail: policy.problem ?? health.detail,
    attempts: health.attempts,
    errors: health.errors,
    truncated: health.truncated,
    p50_ms: health.p50Ms,
    ttft_p50_ms: health.firstTokenP50Ms,
    last_ok: health.lastOk === null ? null : new Date(health.lastOk).toISOString(),
    last_error: health.lastError && {
      ts: new Date(health.lastError.at).toISOString(),
      message: health.lastError.message,
    },
  }
}
