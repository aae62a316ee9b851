import type { DialectId } from '../core/dialect-id.ts'
import { GatewayError } from '../core/errors.ts'
import type { Attempt } from '../core/exchange.ts'
import { type ProviderPolicy, targetName } from '../core/policy.ts'
import type { Provider, Send } from '../core/ports.ts'
import type { AttemptContext } from './context.ts'
import type { Receiver, Run } from './receiver.ts'

type Headers = Readonly<Record<string, string>>

/** What an operation makes of the client's request for one provider. */
export interface Payload {
  /** Of the upstream. */
  dialect: DialectId
  body: Buffer | string
  contentType: string
  accept: string
  /** The request in the upstream's format, for addresses that depend on it. */
  request: Readonly<Record<string, unknown>>
  /** Answers inside this process, without the provider. */
  answer?: Send
  /** Takes the upstream's answer to a call that it accepted; `kept` are those of its headers that the client gets. */
  receive(run: Run, kept: Headers, headers: Headers): Receiver
}

/** The formats that may be used with a provider, the preferred ones first. */
export function spokenBy(provider: Provider, policy: ProviderPolicy): readonly DialectId[] {
  return policy.dialects ?? provider.dialects
}

/** The client's members win; objects such as Ollama's `options` are merged by member. */
export function withDefaults(
  defaults: Readonly<Record<string, unknown>>,
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...defaults, ...body }
  for (const [name, value] of Object.entries(defaults))
    if (typeof value === 'object' && typeof body[name] === 'object') merged[name] = { ...value, ...body[name] }
  return merged
}

/** Keeps what the translation to this format lost. Throws `lossy_translation` where the route wants nothing lost. */
export function noteLost({ plan }: AttemptContext, attempt: Attempt, format: DialectId, lost: readonly string[]): void {
  attempt.lossy = [...lost]
  if (!plan.settings.strictTranslation || lost.length === 0) return
  const names = lost.map((name) => `\`${name}\``).join(', ')
  const message = `${targetName(attempt.target)} speaks ${format}, which cannot carry ${names}.`
  throw new GatewayError('lossy_translation', message, { param: lost[0]! })
}
