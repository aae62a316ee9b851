import type { FinishReason } from './events.ts'
import type { Target } from './target.ts'

/** A reply as evaluators see it, whatever dialect it came in. Of several choices the first. */
export interface ReplyView {
  text: string
  refusal: string
  toolCalls: readonly ToolCallView[]
  finishReason: FinishReason | null
}

export interface ToolCallView {
  name: string
  /** JSON text as the model wrote it. */
  arguments: string
}

/** A chat request as evaluators see it: what guardrails left of it, whatever dialect it came in. */
export interface RequestView {
  /** The system and developer messages, joined by blank lines. */
  system: string
  /** The text of the latest user message; empty where there is none. */
  question: string
  /** All messages but those of `system`, in order. */
  messages: readonly MessageView[]
  tools: readonly ToolView[]
}

export interface MessageView {
  role: 'user' | 'assistant' | 'tool'
  text: string
  toolCalls: readonly ToolCallView[]
  toolResults: readonly ToolResultView[]
}

export interface ToolView {
  name: string
  /** JSON Schema of the arguments. */
  parameters?: unknown
}

export interface ToolResultView {
  /** Of the tool, where the request tells. */
  name: string
  text: string
  isError: boolean
}

/** What a call took. `null`: not known. */
export interface Measured {
  /** The whole call, in milliseconds. */
  durationMs: number | null
  /** Until the first content, in milliseconds. */
  ttftMs: number | null
  /** Nano-dollars. */
  costNano: number | null
}

/** What a dataset says of how the reply should be. */
export interface Reference {
  text?: string
  toolCalls?: readonly ToolCallView[]
  /** The only text that the reply may rest on, in place of what the request brings. */
  context?: string
}

/** A reply with everything that it may be judged by. */
export interface Subject {
  reply: ReplyView
  request: RequestView
  measured: Measured
  /** `null` for live traffic. */
  reference: Reference | null
  /** What made the reply. */
  target: Target
}

/** What an evaluator says: 0..1, and why in one sentence that repeats nothing of the request or the reply. */
export interface Score {
  score: number
  passed: boolean
  reason: string
  /** Places in the reply's text, `[start, end)` in UTF-16 units, that speak against it. */
  spans?: readonly (readonly [start: number, end: number])[]
}

/** The ways out of the process. Each rejects when it fails, or when the signal fires. */
export interface EvaluationServices {
  /** Asks a route of this gateway and returns the reply's text. */
  ask(
    route: string,
    messages: readonly { role: 'system' | 'user'; content: string }[],
    signal: AbortSignal,
  ): Promise<string>
  /** Every target that a route may use; empty where there is no such route. */
  targetsOf(route: string): readonly Target[]
  /** Unit vectors, one a text, in order, of the embedder that the cache uses. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}

export interface EvaluationContext {
  services: EvaluationServices
  signal: AbortSignal
}

/**
 * Judges whole replies. It decides nothing but whether its own bar is met. `null`: there is nothing to judge by, e.g. no
 * reference. One that costs `process` must not throw, waits for nothing and says the same of the same subject; one
 * that costs a `call` returns a promise, and rejects when it cannot tell.
 */
export interface Evaluator {
  readonly kind: string
  /** `process`: only computes; `call`: asks a model. */
  readonly cost: 'process' | 'call'
  score(subject: Subject, context: EvaluationContext): Score | null | Promise<Score | null>
}

/** A kind of evaluator, made with the options that the config, a dataset or the command line gives. */
export interface EvaluatorKind {
  readonly id: string
  /** For people, in a sentence. */
  readonly description: string
  /** Options it takes, with what each means. */
  readonly options: Readonly<Record<string, string>>
  /** Throws a TypeError that says what is wrong with the options. */
  create(options: Readonly<Record<string, unknown>>): Evaluator
}

/** An evaluator as a route or a run declares it. */
export interface EvaluatorRule {
  /** Tells it from others of its kind. */
  readonly name: string
  readonly kind: EvaluatorKind
  readonly evaluator: Evaluator
}

/** A score of one attempt's reply, as it is recorded. */
export interface ScoreRecord extends Score {
  /** Name of the rule. */
  evaluator: string
  /** Index of the attempt. */
  attempt: number
  /** The reply had to pass it. */
  gates: boolean
}
