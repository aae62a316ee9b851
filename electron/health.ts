import type { GatewayAccess } from './gateway-process.ts'

/** How many of the configured providers answer. */
export interface ProviderHealth {
  healthy: number
  total: number
}

/** Asks the admin API once. Undefined when the gateway doesn't answer or answers something else. */
export async function providerHealth(
  access: GatewayAccess,
  fetcher: typeof fetch,
): Promise<ProviderHealth | undefined> {
  try {
    const reply = await fetcher(`${access.origin}/admin/api/providers`, {
      headers: { authorization: `Bearer ${access.token}` },
      signal: AbortSignal.timeout(5_000),
    })
    if (!reply.ok) return undefined
    const { data } = (await reply.json()) as { data: { status: string }[] }
    return { healthy: data.filter((provider) => provider.status === 'healthy').length, total: data.length }
  } catch {
    return undefined
  }
}
