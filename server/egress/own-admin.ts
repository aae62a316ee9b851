import { request } from 'undici'

/** Where a gateway listens, and what its admin API takes. */
export interface OwnGateway {
  address: string
  adminToken: string
}

export interface AdminAnswer {
  status: number
  /** `null` for what is no JSON: something else listens there. */
  json: unknown
}

const LONGEST_MS = 10_000

/** Posts to a running gateway's admin API, e.g. to `routes/support/explain`. Rejects with the system's error. */
export async function askOwnAdmin(
  { address, adminToken }: OwnGateway,
  path: string,
  body: object | null,
): Promise<AdminAnswer> {
  const answer = await request(`${address}/admin/api/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminToken}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body: body === null ? null : JSON.stringify(body),
    headersTimeout: LONGEST_MS,
    bodyTimeout: LONGEST_MS,
  })
  return { status: answer.statusCode, json: await answer.body.json().catch(() => null) }
}

/** Asks a running gateway for a one-time link to its UI. Throws when it does not answer. */
export async function askSignInLink(gateway: OwnGateway, role: 'admin' | 'viewer'): Promise<string> {
  const { status, json } = await askOwnAdmin(gateway, `signin-links?role=${role}`, null)
  const link = (json as { link?: string } | null)?.link
  if (status !== 200 || !link) throw new Error(`The gateway at ${gateway.address} answered ${status}.`)
  return link
}
