import { costNano, type Exchange } from '../../core/exchange.ts'
import type { GuardServices } from '../../core/guardrail.ts'
import { bareProvider } from '../../core/policy.ts'
import type { Send } from '../../core/ports.ts'
import { ask, jsonOf } from '../../egress/ask.ts'
import type { Arrival } from '../receive.ts'
import type { Client } from '../reply.ts'

export interface ServiceParts {
  send: Send
  embed: GuardServices['embed']
  /** Takes a request of the gateway's own, in OpenAI's chat format, through the pipeline. */
  handle(arrival: Omit<Arrival, 'dialect'>, client: Client): Promise<void>
}

/** Where it is written down what asking has cost. */
export interface Account {
  key: string
  /** Nano-dollars. */
  spent(key: string, nano: number): void
}

const SERVICE = bareProvider('guardrail', 'http')

/** Longer than any guardrail's timeout: the signal decides. */
const LIMIT_MS = 120_000

/** The ways out of the process for the guardrails of one request: in its name, and within its trace. */
export function guardServices(
  { send, embed, handle }: ServiceParts,
  exchange: Pick<Exchange, 'traceId' | 'spanId' | 'caller'>,
  account?: Account,
): GuardServices {
  return {
    embed,
    async ask(route, messages, signal) {
      const body = Buffer.from(JSON.stringify({ model: route, messages, temperature: 0 }))
      const { client, reply } = collector(signal)
      await handle(
        {
          surface: '/v1/chat/completions',
          address: {},
          headers: { traceparent: `00-${exchange.traceId}-${exchange.spanId}-01` },
          remoteAddress: '127.0.0.1',
          body,
          // The route may be one that the caller's key does not open: its guardrails are the operator's.
          own: {
            caller: { ...exchange.caller!, routes: null, session: null, metadata: {} },
            purpose: 'check',
            ...(account && {
              experiment: account.key,
              onEnd: (asked) => account.spent(account.key, costNano(asked) ?? 0),
            }),
          },
          receivedAt: performance.now(),
        },
        client,
      )
      const { status, text } = reply()
      if (status !== 200) throw new Error(`the route ${route} answered with status ${status}`)
      return textOf(text)
    },
    async post(url, headers, body, signal) {
      const call = {
        provider: SERVICE,
        url,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': 'gatehouse',
          ...headers,
        },
        body: JSON.stringify(body),
        stream: false,
      }
      signal.throwIfAborted()
      const answer = await ask(send, call, LIMIT_MS, signal)
      if (answer.status < 200 || answer.status > 299)
        throw new Error(`the service answered with status ${answer.status}`)
      return jsonOf(answer)
    },
  }
}

/** A client that keeps what it is given, and goes away with the signal. */
function collector(signal: AbortSignal): { client: Client; reply(): { status: number; text: string } } {
  let status = 0
  let text = ''
  return {
    reply: () => ({ status, text }),
    client: {
      get gone() {
        return signal.aborted
      },
      whole(code, _headers, body) {
        status = code
        text = body.toString()
      },
      head(code) {
        status = code
      },
      write(chunk) {
        text += chunk.toString()
        return true
      },
      end() {},
      abort() {},
      onDrain() {},
      onGone: (listener) => signal.addEventListener('abort', listener, { once: true }),
    },
  }
}

/** Throws for a reply that says nothing. */
function textOf(body: string): string {
  const { choices } = JSON.parse(body) as { choices?: { message?: { content?: unknown } }[] }
  const content = choices?.[0]?.message?.content
  if (typeof content !== 'string') throw new Error('the reply has no text')
  return content
}
