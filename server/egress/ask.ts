import { GatewayError, type UpstreamRefusal } from '../core/errors.ts'
import type { Send, WireCall, WireControl } from '../core/ports.ts'

const LONGEST_MS = 5000
const MOST_BYTES = 8 * 1024 * 1024

/** Sends one small call and gathers its whole answer, whatever its status. Rejects with a GatewayError, or the signal's reason. */
export function ask(send: Send, call: WireCall, limitMs = LONGEST_MS, signal?: AbortSignal): Promise<UpstreamRefusal> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let status = 0
    let headers: Readonly<Record<string, string>> = {}
    let control: WireControl | null = null
    const settled = () => {
      clearTimeout(timer)
      // The connection may be another call's by the time the signal fires.
      signal?.removeEventListener('abort', giveUp)
    }
    const fail = (error: unknown) => {
      settled()
      control?.abort()
      reject(error)
    }
    const giveUp = () => fail(signal!.reason)
    const timer = setTimeout(() => {
      const hint = 'Is it busy, or does something else listen at that address?'
      fail(new GatewayError('upstream_timeout', `No answer came within ${limitMs} ms.`, { hint }))
    }, limitMs)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      control = send(call, {
        connected() {},
        head(answered, answeredHeaders) {
          status = answered
          headers = answeredHeaders
        },
        data(chunk) {
          size += chunk.length
          if (size <= MOST_BYTES) chunks.push(chunk)
          else
            fail(new GatewayError('upstream_too_large', 'The answer is too large.', { hint: 'Is the address right?' }))
        },
        end() {
          settled()
          resolve({ status, headers, body: Buffer.concat(chunks) })
        },
        failed: fail,
      })
    } catch (error) {
      fail(error)
    }
  })
}

/** An answer's JSON; `null` when it has none. */
export function jsonOf({ body }: UpstreamRefusal): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}
