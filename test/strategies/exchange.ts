import type { Exchange } from '../../server/core/exchange.ts'
import type { Target } from '../../server/core/policy.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { openExchange } from '../../server/pipeline/receive.ts'

/** An exchange as the pipeline opens it, with an id of our choosing and, where one is given, a caller. */
export function exchangeOf(id: string, who: { tenant: string; session: string | null } | null): Exchange {
  const arrival = {
    surface: '/v1/chat/completions',
    dialect: openaiChat,
    address: {},
    headers: {},
    remoteAddress: '127.0.0.1',
    body: Buffer.alloc(0),
    receivedAt: performance.now(),
  }
  const nobody = { team: null, key: null, routes: null, user: null, metadata: {} }
  return { ...openExchange(arrival, 'revision'), id, caller: who === null ? null : { ...nobody, ...who } }
}

/** Targets with these weights, named a, b, c … and frozen, so that nobody can change them unseen. */
export function targetsOf(...weights: number[]): readonly Target[] {
  return Object.freeze(
    weights.map((weight, index) =>
      Object.freeze({ provider: 'local', model: String.fromCharCode(97 + index), weight }),
    ),
  )
}

export function names(targets: readonly Target[]): string {
  return targets.map(({ model }) => model).join('')
}
