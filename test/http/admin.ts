import assert from 'node:assert/strict'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { RequestRow } from '../../server/http/admin/schemas.ts'
import type { TestGateway } from '../support/gateway.ts'
import { until } from './until.ts'

/** Asks the admin API with the admin token. */
export function askAdmin(gateway: TestGateway, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${gateway.adminToken}`, ...(init.headers as Record<string, string>) }
  return fetch(`${gateway.url}/admin/api/${path}`, { ...init, headers })
}

/** Sends JSON to the admin API with the admin token. */
export function sendAdmin(
  gateway: TestGateway,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return askAdmin(gateway, path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** What the admin API answers a GET, held against its schema. */
export async function readAdmin<S extends TSchema>(gateway: TestGateway, path: string, schema: S): Promise<Static<S>> {
  const value = await gateway.admin<Static<S>>(path)
  assertFits(schema, value, path)
  return value
}

/** Fails with every departure of a value from its schema. */
export function assertFits(schema: TSchema, value: unknown, what: string): void {
  const departures = [...Value.Errors(schema, value)].map(({ instancePath, message }) => `${instancePath} ${message}`)
  assert.deepEqual(departures, [], what)
}

/** The row of a request, named by its reply or its id, once it is stored. */
export function rowOf(gateway: TestGateway, request: Response | string): Promise<RequestRow> {
  const id = typeof request === 'string' ? request : request.headers.get('x-request-id')
  return until(`request ${id} is stored`, () => gateway.admin<RequestRow>(`requests/${id}`).catch(() => null))
}
