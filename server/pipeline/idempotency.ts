import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../core/clock.ts'
import { GatewayError } from '../core/errors.ts'
import type { Exchange, Inbound } from '../core/exchange.ts'
import { KeptReplies } from './kept-replies.ts'
import { type Recording, recorded } from './recording.ts'
import type { Client } from './reply.ts'

const MOST_BYTES = 64 * 1024 * 1024
const LONGEST_KEY = 256
/** As Stripe calls it, who made these keys known. */
const REPLAYED = { 'idempotent-replayed': 'true' }

/** A request that nobody asked before under its key, or one that another reply answers. */
export type Idempotent =
  | { kind: 'new'; client: Client; finish(): void }
  | { kind: 'again'; of: string; replay(client: Client): Promise<void> }

/**
 * Requests with an `idempotency-key` (draft-ietf-httpapi-idempotency-key-header): the same key of the same caller
 * within the route's lifetime gets the recorded reply, or joins the one in flight. What failed is not kept, so that
 * another try is one. In memory only, as replies are content.
 */
export class Idempotency {
  readonly #replies: KeptReplies
  /** Of each recording: the hash of the request's bytes, and the request's id. */
  readonly #requests = new WeakMap<Recording, { hash: string; id: string }>()

  constructor(clock: Clock, mostBytes = MOST_BYTES) {
    this.#replies = new KeptReplies(clock, mostBytes)
  }

  /**
   * `null` without a key. Throws `invalid_header`, or `idempotency_mismatch` where the key came with another request.
   */
  enter(headers: IncomingHttpHeaders, exchange: Exchange, inbound: Inbound, client: Client): Idempotent | null {
    const lifetimeMs = exchange.plan!.settings.idempotencyMs
    const key = readKey(headers)
    if (key === null || lifetimeMs === 0) return null
    const { tenant, key: holder } = exchange.caller!
    const scope = JSON.stringify([tenant, holder, exchange.surface, key])
    const hash = createHash('sha256').update(inbound.raw).digest('base64')
    const known = this.#replies.get(scope)
    if (known) return again(known, this.#requests.get(known)!, hash)
    const recording = this.#replies.open(scope, lifetimeMs)
    this.#requests.set(recording, { hash, id: exchange.id })
    return {
      kind: 'new',
      client: recorded(client, recording),
      finish: () => {
        if (exchange.status === 200 && exchange.error === null && recording.state === 'whole') return
        recording.close('broken')
        this.#replies.drop(scope, recording)
      },
    }
  }
}

function again(recording: Recording, request: { hash: string; id: string }, hash: string): Idempotent {
  if (request.hash !== hash)
    throw new GatewayError('idempotency_mismatch', 'This `idempotency-key` came with another request before.')
  return { kind: 'again', of: request.id, replay: (client) => recording.replay(client, REPLAYED) }
}

function readKey(headers: IncomingHttpHeaders): string | null {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return null
  if (key.length > LONGEST_KEY)
    throw new GatewayError('invalid_header', `\`idempotency-key\` is longer than ${LONGEST_KEY} characters.`)
  return key
}
