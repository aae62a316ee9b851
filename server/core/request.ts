import type { ChatDialectId } from './dialect-id.ts'

/**
 * A provider's opaque state: Anthropic's `signature` and `redacted_thinking`, Gemini's `thoughtSignature`, OpenAI's
 * `encrypted_content`. Only the dialect named as issuer can read `value`, and it goes back only to the provider that
 * made it.
 */
export interface OpaqueState {
  issuer: ChatDialectId
  value: unknown
}

/** Asks the provider to keep the prompt up to and with this place in its cache. */
export interface CacheMark {
  /** As Anthropic writes it; absent means the provider's own lifetime. */
  ttl?: '5m' | '1h'
}

/** Where a piece of text comes from. Every member but `source` is what the dialects have in common. */
export interface Citation {
  url?: string
  title?: string
  /** The text that is cited. */
  quote?: string
  /** Where in the text that carries the citation it applies, in characters. */
  start?: number
  end?: number
  /** The citation as its dialect wrote it, for that dialect. */
  source: { dialect: ChatDialectId; value: unknown }
}

interface Marked {
  cache?: CacheMark
}

/** Content in the canonical model. `opaque` carries what only its own dialect understands. */
export type Part = TextPart | MediaPart | ToolCallPart | ToolResultPart | ReasoningPart | RefusalPart | OpaquePart

export interface TextPart extends Marked {
  type: 'text'
  text: string
  citations?: Citation[]
  /** Gemini signs text as well. */
  state?: OpaqueState
}

export interface MediaPart extends Marked {
  type: 'media'
  media: 'image' | 'audio' | 'video' | 'file'
  /** Exactly one of `url` and `data` (base64) is set. */
  url?: string
  data?: string
  /** `text/plain` marks a document that is given as text (base64 in `data` all the same). */
  mime?: string
  name?: string
  detail?: string
}

export interface ToolCallPart extends Marked {
  type: 'tool-call'
  id: string
  name: string
  /** JSON text exactly as the model or the client wrote it; of a `custom` tool, free text. */
  arguments: string
  /** Of OpenAI's custom tools, whose input is not JSON. */
  custom?: boolean
  /** The group its tool belongs to (`Tool.namespace`). */
  namespace?: string
  state?: OpaqueState
}

export interface ToolResultPart extends Marked {
  type: 'tool-result'
  id: string
  name?: string
  parts: Part[]
  isError?: boolean
}

export interface ReasoningPart {
  type: 'reasoning'
  text: string
  state?: OpaqueState
}

export interface RefusalPart {
  type: 'refusal'
  text: string
}

export interface OpaquePart extends Marked {
  type: 'opaque'
  dialect: ChatDialectId
  value: unknown
}

export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool'
  parts: Part[]
  name?: string
}

export type Tool = FunctionTool | CustomTool | HostedTool

export interface FunctionTool extends Marked {
  type: 'function'
  name: string
  description?: string
  /** JSON Schema of the arguments. */
  parameters?: unknown
  strict?: boolean
  /** Responses groups functions; where a dialect has no groups, the name goes in front: `group__name`. */
  namespace?: { name: string; description?: string }
}

/** OpenAI's tools with free text as their input; elsewhere a function with one string `input`. */
export interface CustomTool {
  type: 'custom'
  name: string
  description?: string
  format?: unknown
}

/** A tool that the provider runs itself, e.g. a web search; `name` is for messages to people. */
export interface HostedTool {
  type: 'hosted'
  name: string
  dialect: ChatDialectId
  value: unknown
}

export type ToolChoice = { mode: 'auto' | 'none' | 'required' } | { mode: 'tool'; name: string }

export interface Sampling {
  temperature?: number
  topP?: number
  topK?: number
  maxTokens?: number
  stop?: string[]
  seed?: number
  frequencyPenalty?: number
  presencePenalty?: number
  choices?: number
  /** Number of top log-probabilities asked for; 0 asks for the chosen token's only. */
  logprobs?: number
}

/** How much the model is to think, and whether the client wants to read it. */
export interface Reasoning {
  /** `none` turns it off; `adaptive` leaves it to the model; else OpenAI's words. */
  effort?: 'none' | 'adaptive' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'
  /** Most tokens to think with. */
  budget?: number
  /** The client asked to see thoughts, or a summary of them; the word is the dialect's own. */
  show?: boolean | string
}

export type OutputFormat =
  | { type: 'text' }
  | { type: 'json' }
  | { type: 'json-schema'; name?: string; description?: string; schema: unknown; strict?: boolean }

/** One chat request in no dialect. `extra` holds top-level members of its dialect with no place in this model. */
export interface ChatRequest {
  dialect: ChatDialectId
  model: string
  /** System and developer messages stay in `messages` at their place, role `system`. */
  messages: Message[]
  tools: Tool[]
  toolChoice?: ToolChoice
  parallelToolCalls?: boolean
  sampling: Sampling
  output: OutputFormat
  reasoning?: Reasoning
  stream: boolean
  /** The client asked for usage at the end of the stream. */
  streamUsage: boolean
  user?: string
  extra: Record<string, unknown>
}

/** What the address of a request says, where a dialect puts it there and not into the body (Gemini). */
export interface RequestAddress {
  model?: string
  stream?: boolean
}

/** What the pipeline needs of a request before anything is translated. */
export interface RequestHead {
  model: string
  stream: boolean
  streamUsage: boolean
  user: string | null
  /** Of the body, if it carries any. */
  metadata: Readonly<Record<string, unknown>> | null
}
