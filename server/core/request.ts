import type { DialectId } from './dialect-id.ts'

/** Content in the canonical model. `opaque` carries what only its own dialect understands. */
export type Part =
  | { type: 'text'; text: string }
  | {
      type: 'media'
      media: 'image' | 'audio' | 'video' | 'file'
      /** Exactly one of `url` and `data` (base64) is set. */
      url?: string
      data?: string
      mime?: string
      name?: string
      detail?: string
    }
  /** `arguments` is JSON text exactly as the model or the client wrote it. */
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  | { type: 'tool-result'; id: string; name?: string; parts: Part[]; isError?: boolean }
  /** `blob` is the provider's opaque state (signature, encrypted content); it goes back only to its issuer. */
  | { type: 'reasoning'; text: string; blob?: { issuer: DialectId; value: unknown } }
  | { type: 'refusal'; text: string }
  | { type: 'citation'; value: unknown }
  | { type: 'opaque'; dialect: DialectId; value: unknown }

export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool'
  parts: Part[]
  name?: string
}

export interface Tool {
  name: string
  description?: string
  /** JSON Schema of the arguments. */
  parameters?: unknown
  strict?: boolean
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

export type OutputFormat =
  | { type: 'text' }
  | { type: 'json' }
  | { type: 'json-schema'; name?: string; schema: unknown; strict?: boolean }

/** One chat request in no dialect. `extra` holds top-level fields that the model above has no place for. */
export interface ChatRequest {
  dialect: DialectId
  model: string
  /** System and developer messages stay in `messages` at their place, role `system`. */
  messages: Message[]
  tools: Tool[]
  toolChoice?: ToolChoice
  parallelToolCalls?: boolean
  sampling: Sampling
  output: OutputFormat
  reasoningEffort?: string
  stream: boolean
  /** The client asked for usage at the end of the stream. */
  streamUsage: boolean
  user?: string
  extra: Record<string, unknown>
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
