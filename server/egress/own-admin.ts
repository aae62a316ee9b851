import { request } from 'undici'

/** Asks a running gateway's admin API for a one-time link to its UI. Throws when it does not answer. */
export async function askSignInLink(address: string, adminToken: string): Promise<string> {
  const { statusCode, body } = await request(`${address}/admin/api/signin-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}` },
  })
  const answer = (await body.json()) as { link?: string }
  if (statusCode !== 200 || !answer.link) throw new Error(`The gateway at ${address} answered ${statusCode}.`)
  return answer.link
}
