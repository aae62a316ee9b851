import type { RequestRow } from '../../server/http/admin/schemas.ts'
import type { Json, TestGateway } from '../support/gateway.ts'
import { bodyOf } from './models.ts'
import type { Turn } from './traffic.ts'

/** What became of one turn on one route: the reply as the caller got it, everything else as the gateway recorded it. */
export interface Outcome {
  route: string
  turn: Turn
  text: string
  /** By the human label of the reply that the caller got. */
  grounded: boolean
  row: RequestRow
  /** Nano-dollars. */
  costNano: number
  escalated: boolean
}

interface Sent {
  route: string
  turn: Turn
  text: string
  id: string
}

/**
 * Sends every turn to every route, one request at a time and each turn beginning with another route, and reads the
 * records. The outcomes of each route come in the order of the turns.
 */
export async function drive(
  gateway: TestGateway,
  routes: readonly string[],
  turns: readonly Turn[],
): Promise<Map<string, Outcome[]>> {
  const sent: Sent[] = []
  for (const [index, turn] of turns.entries()) {
    const start = index % routes.length
    for (const route of [...routes.slice(start), ...routes.slice(0, start)]) sent.push(await send(gateway, route, turn))
  }
  const rows = await readRows(gateway, routes, new Set(sent.map(({ id }) => id)))
  return Map.groupBy(
    sent.map(({ id, ...rest }) => outcomeOf(rest, rows.get(id)!)),
    ({ route }) => route,
  )
}

async function send(gateway: TestGateway, route: string, turn: Turn): Promise<Sent> {
  const reply = await gateway.chat(bodyOf(turn, route))
  const body = (await reply.json()) as Json
  if (reply.status !== 200) throw new Error(`${route}: ${reply.status} ${JSON.stringify(body)}`)
  return { route, turn, text: body.choices[0].message.content, id: reply.headers.get('x-request-id')! }
}

function outcomeOf({ route, turn, text }: Omit<Sent, 'id'>, row: RequestRow): Outcome {
  const said = [turn.cheap, turn.frontier].find((recorded) => recorded.text === text)
  if (!said) throw new Error(`${route}: the reply is none of those that were recorded`)
  if (row.cost_usd === null) throw new Error(`${route}: the gateway does not know what the request cost`)
  const escalated = row.attempt_list.some(({ reason }) => reason === 'escalation')
  return { route, turn, text, grounded: said.grounded, row, costNano: Math.round(row.cost_usd * 1e9), escalated }
}

const PAGE = 1000
const MOST_TRIES = 100
const PAUSE_MS = 50

/** The records of these requests, by id; waits until all are stored. */
async function readRows(
  gateway: TestGateway,
  routes: readonly string[],
  ids: ReadonlySet<string>,
): Promise<Map<string, RequestRow>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const rows = new Map<string, RequestRow>()
    for (const route of routes)
      for await (const row of rowsOf(gateway, route)) if (ids.has(row.request_id)) rows.set(row.request_id, row)
    if (rows.size === ids.size) return rows
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  throw new Error('not every request was stored')
}

async function* rowsOf(gateway: TestGateway, route: string): AsyncGenerator<RequestRow> {
  let cursor: string | null = null
  do {
    const after: string = cursor === null ? '' : `&cursor=${cursor}`
    const page: { data: RequestRow[]; next_cursor: string | null } = await gateway.admin(
      `requests?route=${route}&limit=${PAGE}${after}`,
    )
    yield* page.data
    cursor = page.next_cursor
  } while (cursor !== null)
}
