/** A request and a reply in no wire format, as evaluators see them. */

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

export interface ToolCallView {
  name: string
  /** JSON text as the model wrote it. */
  arguments: string
}

export interface ToolResultView {
  name: string
  text: string
  isError: boolean
}

export interface ReplyView {
  text: string
  refusal: string
  toolCalls: readonly ToolCallView[]
  finishReason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other' | null
}

/** How a reply should be. */
export interface Reference {
  text?: string
  toolCalls?: readonly ToolCallView[]
  /** The only text that the reply may rest on, in place of what the request brings. */
  context?: string
}
