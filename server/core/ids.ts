import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 8192
const pool = Buffer.alloc(POOL_BYTES)
let offset = POOL_BYTES

/** `bytes` random bytes as lower-case hex, from a pool that is refilled by one system call per 8 KiB. */
function randomHex(bytes: number): string {
  if (offset + bytes > POOL_BYTES) {
    randomFillSync(pool)
    offset = 0
  }
  offset += bytes
  return pool.toString('hex', offset - bytes, offset)
}

/** A span id as W3C Trace Context wants it: 8 random bytes, 16 hex digits. */
export function newSpanId(): string {
  return randomHex(8)
}

/**
 * A trace id: 16 bytes, the first 6 of them the time in milliseconds, so that rows of one time lie together in
 * the store's index; the last 10 are random (W3C Trace Context level 2 asks for at least the last 7).
 */
export function newTraceId(epoch: number): string {
  return timeHex(epoch) + randomHex(10)
}

/** A request id that sorts by time: `req_`, 12 hex digits of milliseconds, 16 random ones. */
export function newRequestId(epoch: number): string {
  return `req_${timeHex(epoch)}${randomHex(8)}`
}

/** An id for a tool call whose provider gives it none: no two are the same, so that it can be found again by its id. */
export function newToolCallId(): string {
  return `call_${randomHex(12)}`
}

/** An id for what an app tells of a reply: `fb_`, 12 hex digits of milliseconds, 16 random ones. */
export function newFeedbackId(epoch: number): string {
  return `fb_${timeHex(epoch)}${randomHex(8)}`
}

/** The lowest request id of a moment: ids of requests received at or after `epoch` sort at or above it. */
export function requestIdFloor(epoch: number): string {
  return `req_${timeHex(epoch)}`
}

/** The millisecond in which a request id was made. */
export function requestIdTime(id: string): number {
  return Number.parseInt(id.slice(4, 16), 16)
}

function timeHex(epoch: number): string {
  return Math.max(0, Math.floor(epoch)).toString(16).padStart(12, '0')
}
