/** Where in a request's way a guardrail stands: all of the request, third-party text in it, or the reply. */
export const GUARD_STAGES = ['pre', 'context', 'post'] as const
export type GuardStage = (typeof GUARD_STAGES)[number]

/** What is done about a match. */
export const GUARD_ACTIONS = ['block', 'redact', 'warn', 'escalate'] as const
export type GuardAction = (typeof GUARD_ACTIONS)[number]

/**
 * Who wrote a text. `third-party` is what came from outside into the conversation: tool results, documents, MCP output.
 * `definition` describes a tool. `reply` and `reasoning` are the model's, of this turn.
 */
export type TextOrigin =
  | 'system'
  | 'user'
  | 'assistant'
  | 'third-party'
  | 'definition'
  | 'tool-call'
  | 'reply'
  | 'reasoning'

/** One text that a guardrail looks at. */
export interface GuardText {
  text: string
  origin: TextOrigin
  /** Where it stands, for people, e.g. `messages[3]`. No content. */
  place: string
  /** Of a tool call, whose `text` is the JSON text of its arguments: the tool's name. */
  tool?: string
}

/** A piece of a text that a guardrail found. Offsets are UTF-16 units of the text, as in `slice`. */
export interface GuardMatch {
  start: number
  end: number
  /** What it is, in capitals where it names a placeholder (`EMAIL`), else as the guardrail documents it. */
  category: string
  /** 0..1: how sure. */
  score: number
}

/** What a guardrail says of one text, before threshold and action are applied. */
export interface Inspection {
  /** 0..1: the higher, the more there is to be done about it. The largest of `matches` where there are any. */
  score: number
  /** Of what the score is for, e.g. `indirect`, `EMAIL`; `null` where there is nothing. */
  category: string | null
  /** In order, not overlapping. Empty where the whole text is meant, or nothing was found. */
  matches: readonly GuardMatch[]
  /** Why, in a sentence that repeats nothing of the text. */
  reason?: string
  /** The text as it should be, from guardrails that mend rather than mask. */
  rewritten?: string
  /** What to tell the model so that it does better: the reply is asked for once more, with this. May repeat the text. */
  advice?: string
  /** The threshold for this text where the config gives none and the kind's own does not fit it. */
  threshold?: number
}

/** What an inspection may use besides the text. */
export interface GuardContext {
  stage: GuardStage
  tenant: string
  route: string
  /** Text of the request's system and developer messages, joined. */
  systemPrompt: string
  /** Of the request: the tools that were offered to the model. */
  tools: readonly { name: string; parameters?: unknown }[]
  /** Fires when the verdict is no longer waited for. */
  signal: AbortSignal
  /** The ways out of the process that a guardrail may take. */
  services: GuardServices
}

/** Each rejects when it fails, or when the signal fires. */
export interface GuardServices {
  /** Asks a route of this gateway and returns the reply's text. */
  ask(
    route: string,
    messages: readonly { role: 'system' | 'user'; content: string }[],
    signal: AbortSignal,
  ): Promise<string>
  /** Posts JSON to a service and returns the JSON that it answers with. Subject to the egress policy. */
  post(url: string, headers: Readonly<Record<string, string>>, body: unknown, signal: AbortSignal): Promise<unknown>
  /** Unit vectors, one a text, in order. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}

/**
 * Looks at texts. It decides nothing: threshold, action and mode are the route's.
 *
 * An inspection depends on the text, its origin and the context alone, so that its result may be kept for the same text.
 */
export interface Guardrail {
  readonly kind: string
  /**
   * Which texts it is given: `each` one by one; `latest`, the latest user message or the reply's text, as one; `all` of
   * the stage, joined by blank lines, as one.
   */
  readonly takes: 'each' | 'latest' | 'all'
  /**
   * Of tool calls it is given the arguments as JSON text. Others get each text in them by itself, so that what they find
   * can be replaced.
   */
  readonly takesCalls?: true
  /** Origins that mean nothing to it; their texts are not given to it. */
  readonly ignores?: ReadonlySet<TextOrigin>
  /** Throws or rejects when it cannot tell; `on_error` decides then. */
  inspect(text: GuardText, context: GuardContext): Inspection | Promise<Inspection>
  /**
   * How it works on a stream that is still coming; absent: it needs the whole text, and the stream is held back until
   * then if the action may change it.
   */
  readonly incremental?: Incremental
}

/**
 * Finds in a growing text what it finds in the whole. With `s = settled(text)`: whatever is appended to `text`, the
 * matches that end at or before `s` stay as they are, and no match reaches across `s`. And nothing further than
 * `lookBehind` units before a match has a say in it, so that what is older may be forgotten.
 */
export interface Incremental {
  /** UTF-16 units. */
  readonly lookBehind: number
  /** `context`: what of it has a say is the same for the whole stream. Without it, more may be held than need be. */
  settled(text: string, context?: Pick<GuardContext, 'systemPrompt'>): number
}

/** A kind of guardrail, made with the options that a route's `guardrails` give. */
export interface GuardrailKind {
  readonly kind: string
  /** One sentence for people. */
  readonly description: string
  /** Where it may stand; the first is the default. */
  readonly stages: readonly GuardStage[]
  /** What may be done about it; the first is the default. */
  readonly actions: readonly GuardAction[]
  /** Matches at or above it count where the config gives none. */
  readonly threshold: number
  /** `process`: microseconds inside this process; `call`: it asks somebody. The cheap ones are run first. */
  readonly cost: 'process' | 'call'
  /** Options it takes beside what all have, with what each means. */
  readonly options: Readonly<Record<string, GuardOption>>
  /** Throws a TypeError that says what is wrong with the options. */
  create(options: Readonly<Record<string, unknown>>): Guardrail
}

export interface GuardOption {
  description: string
  /** JSON Schema of the value. */
  schema: Readonly<Record<string, unknown>>
  /** Texts in it may hold references to secrets, `${env:NAME}` and its like. */
  references?: true
  /** It names a route of the file. */
  route?: true
}
