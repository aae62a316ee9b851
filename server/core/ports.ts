import type { Quirks } from './dialect.ts'
import type { DialectId } from './dialect-id.ts'
import type { GatewayError, UpstreamRefusal } from './errors.ts'
import type { Exchange } from './exchange.ts'
import type { ProviderPolicy, Ranked, RoutePolicy, Target } from './policy.ts'
import type { Signals } from './signals.ts'
import type { Usage } from './usage.ts'

/** What a provider needs to know to address one call. */
export interface ProviderCall {
  policy: ProviderPolicy
  model: string
  dialect: DialectId
  stream: boolean
  /** What the request says that belongs into the address, e.g. the voice of speech. */
  request: Readonly<Record<string, unknown>>
}

/** One upstream kind. An ordinary vendor is a row of data that one implementation reads. */
export interface Provider {
  readonly kind: string
  /** Every wire format it speaks; of one operation the preferred one first. */
  readonly dialects: readonly DialectId[]
  /** Formats that only some installations speak: used where the config's `dialects` names them. */
  readonly alsoSpeaks?: readonly DialectId[]
  readonly traits: ProviderTraits
  url(call: ProviderCall): string
  headers(call: ProviderCall): Record<string, string>
  /** Turns a refusal into an error that says whether another try makes sense and when. */
  classify(refusal: UpstreamRefusal): GatewayError
  /** Top-level body members to set beside `model`, from the provider's options. */
  defaults?(policy: ProviderPolicy): Record<string, unknown>
  /**
   * Headers that depend on the whole call or take time to make: a signature, a minted token. `now` is milliseconds
   * since the epoch.
   */
  sign?(call: WireCall, now: number): Promise<Record<string, string>>
  /** Asks which models it has, which costs nothing and also shows that it is up and takes the credential. */
  readonly models?: ModelList
  /** Asks how much memory its loaded models take. */
  readonly memory?: MemoryReport
  /** Answers inside this process; such a provider opens no socket. */
  answer?: Send
}

/** How a provider is asked for its models. */
export interface ModelList {
  url(policy: ProviderPolicy): string
  /** The models of an answer; an empty list for what is no such answer. */
  read(json: unknown): FoundModel[]
}

/** How a provider is asked for the memory of its models. */
export interface MemoryReport {
  url(policy: ProviderPolicy): string
  /** Bytes; `null` where the answer does not tell. */
  read(json: unknown, model: string): number | null
}

export interface FoundModel {
  id: string
  /** In tokens, where the provider says. */
  contextWindow?: number
  /** The provider says that it is in memory now. */
  loaded?: boolean
}

export interface ProviderTraits {
  /** Where its prices stand in `@pydantic/genai-prices`; `null` when it has none. */
  priceId: string | null
  /** Value of `gen_ai.provider.name` (OpenTelemetry GenAI conventions). */
  otelName: string
  /** How it departs from the formats it speaks. */
  quirks: Quirks
  /** It belongs to the user, so the trace context may go there. */
  selfHosted: boolean
  /** Its replies are made up. */
  synthetic: boolean
  /** Base URL to use where the config gives none; `null` when it must. */
  baseUrl: string | null
  /** What to call it in a list for people, e.g. `Azure OpenAI`. */
  label: string
  /** Where its API is documented. */
  docs: string
  /** It cannot be called without `api_key`. */
  needsKey: boolean
  /** Options of the config that this kind understands, with what each means. */
  options: Readonly<Record<string, ProviderOption>>
}

export interface ProviderOption {
  /** A `secret` is written as a reference, as `api_key` is. */
  type: 'string' | 'integer' | 'boolean' | 'duration' | 'secret'
  description: string
}

/** One upstream call, ready to be sent. */
export interface WireCall {
  provider: ProviderPolicy
  /** POST where not said. */
  method?: 'GET'
  url: string
  headers: Record<string, string>
  body: Buffer | string
  stream: boolean
}

/** Pushed to in order: `connected`, `head`, any number of `data`, then `end` or, at any point, `failed`. */
export interface WireHandlers {
  connected(): void
  head(status: number, headers: Readonly<Record<string, string>>): void
  data(chunk: Buffer): void
  end(): void
  failed(error: GatewayError): void
}

/** After `abort` no handler is called any more. */
export interface WireControl {
  pause(): void
  resume(): void
  abort(): void
}

export type Send = (call: WireCall, handlers: WireHandlers) => WireControl

/** What a strategy is asked: to order `targets` for one request. */
export interface RoutingQuestion {
  route: Pick<RoutePolicy, 'name' | 'sticky' | 'quality'>
  targets: readonly Target[]
  /** Strategies that draw lots draw them from its id, so that the same question has the same answer. */
  exchange: Pick<Exchange, 'id' | 'caller' | 'stream'>
  /** Estimated. */
  promptTokens: number
  signals: Signals
}

/** Decides the order of a route's targets: all of them, each once, themselves and not copies. */
export interface Strategy {
  readonly id: string
  order(question: RoutingQuestion): Ranked[]
}

/** Prices one attempt in nano-dollars; `null` when the price or the usage is not known. */
export type PriceAttempt = (priceId: string | null, model: string, usage: Usage | null) => number | null

/** Told of everything that happens to an exchange as it happens. Must not throw and must not block. */
export interface Observer {
  requestStart(exchange: Exchange): void
  attemptStart(exchange: Exchange, index: number): void
  /** It has waited in its provider's queue, and now its turn has come. */
  attemptTurn(exchange: Exchange, index: number): void
  attemptEnd(exchange: Exchange, index: number): void
  /** The mean score, 0..1, of an attempt's reply. */
  scored(exchange: Exchange, index: number, score: number): void
  requestEnd(exchange: Exchange): void
}

/** Turns texts into vectors that are the closer the more the texts say the same. */
export interface Embedder {
  /** Names the vector space with its version: vectors of two ids are never compared. */
  readonly id: string
  /** `null` until the first answer of one that is not known beforehand. */
  readonly dimensions: number | null
  /** Unit vectors, one a text, in order. Rejects when it cannot, or when the signal fires. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>
}
