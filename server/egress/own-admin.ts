import type { Readable } from 'node:stream'
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

/** A call of a running gateway's admin API. */
export interface AdminCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/admin/api/`, e.g. `datasets?name=support`. */
  path: string
  /** Sent as JSON. */
  json?: object
  file?: { content: Readable; type: string }
}

/** Work that a call waits for may take so long. */
const LONGEST_WORK_MS = 3_600_000

/** Calls a running gateway's admin API and waits for as long as it works. Rejects with the system's error. */
export async function callOwnAdmin(gateway: OwnGateway, call: AdminCall): Promise<AdminAnswer> {
  const { status, body } = await openOwnAdmin(gateway, call)
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk as Buffer)
  return { status, json: jsonOf(Buffer.concat(chunks).toString()) }
}

/** As `callOwnAdmin`, with the answer's body as a stream. */
export async function openOwnAdmin(
  { address, adminToken }: OwnGateway,
  { method, path, json, file }: AdminCall,
): Promise<{ status: number; body: Readable }> {
  const type = json === undefined ? file?.type : 'application/json'
  const { statusCode, body } = await request(`${address}/admin/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, ...(type === undefined ? {} : { 'content-type': type }) },
    body: json === undefined ? (file?.content ?? null) : JSON.stringify(json),
    headersTimeout: LONGEST_WORK_MS,
    bodyTimeout: LONGEST_WORK_MS,
  })
  return { status: statusCode, body }
}

/** `null` for what is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

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
