import type { TapState } from '../core/dialect.ts'
import { asGatewayError, type GatewayError } from '../core/errors.ts'
import type { Attempt } from '../core/exchange.ts'
import type { Timeouts } from '../core/policy.ts'
import type { Provider, WireControl, WireHandlers } from '../core/ports.ts'
import type { Reply } from '../core/reply.ts'
import { closeAttempt, type OpenAttempt, priceAttempt } from './close-attempt.ts'
import type { AttemptContext } from './context.ts'
import { Limits } from './limits.ts'
import type { Prepared } from './prepare.ts'
import { receiveRefusal } from './receive-refusal.ts'
import type { Receiver, Run } from './receiver.ts'
import { exceedsContext, wasTruncated } from './truncation.ts'

interface Parts {
  open: OpenAttempt
  prepared: Prepared
  /** Of the target, for messages. */
  name: string
  resolve(reply: Reply): void
  reject(error: GatewayError): void
}

/** One upstream call from sending to its last byte: keeps the limits and the commit point. */
export class AttemptRun implements WireHandlers, Run {
  readonly context: AttemptContext
  readonly attempt: Attempt
  readonly provider: Provider
  readonly prepared: Prepared
  readonly #parts: Parts
  readonly #timeouts: Timeouts
  readonly #limits: Limits
  #control: WireControl | null = null
  #receiver: Receiver | null = null
  #committed = false
  #over = false
  #forget: () => void = () => {}

  constructor(parts: Parts) {
    this.#parts = parts
    this.context = parts.open.context
    this.attempt = parts.open.attempt
    this.provider = parts.open.provider
    this.prepared = parts.prepared
    const { plan, deadline } = this.context
    this.#timeouts = plan.settings.timeouts
    this.#limits = new Limits(parts.name, this.#timeouts, deadline, (error) => this.#breakOff(error))
  }

  get stream(): boolean {
    return this.prepared.call.stream
  }

  get committed(): boolean {
    return this.#committed
  }

  /** Puts the call on the wire. What goes wrong in doing so fails the attempt. */
  send(): void {
    const { context, provider, prepared } = this
    this.#forget = context.cancellation.onCancel((reason) => this.#breakOff(reason))
    if (exceedsContext(context.inbound, prepared.call.provider)) this.#warn('prompt_exceeds_num_ctx')
    const send = prepared.answer ?? provider.answer ?? context.deps.send
    const dispatch = () => {
      if (this.#over) return
      try {
        this.#control = send(prepared.call, this)
      } catch (error) {
        this.fail(asGatewayError(error))
      }
    }
    if (!provider.sign || prepared.answer) {
      dispatch()
      return
    }
    provider.sign(prepared.call, Date.now()).then(
      (headers) => {
        Object.assign(prepared.call.headers, headers)
        dispatch()
      },
      (error) => this.fail(asGatewayError(error)),
    )
  }

  connected(): void {
    this.#parts.open.sent = true
    const { stream } = this.prepared.call
    this.#limits.enter('first_token', stream ? this.#timeouts.firstTokenMs : this.#timeouts.unaryHeadMs)
  }

  head(status: number, headers: Readonly<Record<string, string>>): void {
    this.attempt.status = status
    if (!this.prepared.call.stream) this.#limits.enter('idle', this.#timeouts.idleMs)
    const accepted = status >= 200 && status < 300
    this.#receiver = accepted
      ? this.prepared.receive(this, keptHeaders(headers), headers)
      : receiveRefusal(this, status, headers)
  }

  data(chunk: Buffer): void {
    // Before the commit point of a stream only content counts, or heartbeats would put the limit off for ever.
    if (this.#committed || !this.prepared.call.stream) this.#limits.touch()
    this.#guard(() => this.#receiver?.data(chunk))
  }

  end(): void {
    this.#guard(() => this.#receiver?.end())
  }

  failed(error: GatewayError): void {
    if (this.#receiver) this.#receiver.failed(error)
    else this.fail(error)
  }

  commit(reply: Reply): void {
    this.#committed = true
    this.attempt.firstTokenAt = performance.now()
    if (reply.kind !== 'whole') this.#limits.enter('idle', this.#timeouts.idleMs)
    this.#parts.resolve(reply)
  }

  fail(error: GatewayError): void {
    if (this.#over) return
    this.#control?.abort()
    this.#close(error)
    if (!this.#committed) this.#parts.reject(error)
  }

  succeed(): void {
    if (!this.#over) this.#close(null)
  }

  note(state: Readonly<TapState>): void {
    const { attempt, context, provider } = this
    attempt.replyId = state.id
    attempt.replyModel = state.model
    attempt.finishReason = state.finishReason
    attempt.usage = state.usage
    this.#parts.open.seenTokens = state.seenTokens
    priceAttempt(this.#parts.open)
    if (provider.traits.selfHosted && state.usage && wasTruncated(context.inbound, state.usage))
      this.#warn('prompt_truncated')
  }

  lose(names: readonly string[]): void {
    this.attempt.lossy = [...new Set([...this.attempt.lossy, ...names])]
  }

  #warn(name: string): void {
    const { warnings } = this.attempt
    if (!warnings.includes(name)) warnings.push(name)
  }

  pause(): void {
    this.#limits.enter('idle', null)
    this.#control?.pause()
  }

  resume(): void {
    if (!this.#over) this.#limits.enter('idle', this.#timeouts.idleMs)
    this.#control?.resume()
  }

  /** Breaks the call off from this side; past the commit point the reply's reader is told. */
  #breakOff(error: GatewayError): void {
    if (this.#receiver && this.#committed) this.#receiver.failed(error)
    else this.fail(error)
  }

  #guard(step: () => void): void {
    if (this.#over) return
    try {
      step()
    } catch (error) {
      this.#breakOff(asGatewayError(error))
    }
  }

  #close(error: GatewayError | null): void {
    this.#over = true
    this.#limits.stop()
    this.#forget()
    closeAttempt(this.#parts.open, error)
  }
}

/** What the provider says of its limits is the client's to know. */
function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name in headers)
    if (name.startsWith('x-ratelimit-') || name.startsWith('anthropic-ratelimit-')) kept[name] = headers[name]!
  return kept
}
