import { hash } from 'node:crypto'

/** The members of a chat request that the sandbox reads. */
export interface SandboxRequest {
  model: string
  messages: { role: string; content?: string | { text?: string }[] | null }[]
  stream?: boolean
  stream_options?: { include_usage?: boolean } | null
  n?: number | null
  max_tokens?: number | null
  max_completion_tokens?: number | null
  response_format?: { json_schema?: { schema?: Record<string, unknown> } } | null
  tools?: { function: { name: string; parameters?: Record<string, unknown> } }[]
}

/** What a sandbox model does with one request. */
export interface SandboxReply {
  text: string
  toolCall: { name: string; arguments: string } | null
  failure: { status: number; headers: Record<string, string>; error: Record<string, unknown> } | null
  /** Bytes that are no reply at all. */
  garbage?: string
  /** Never even sends a head. */
  silent: boolean
  /** `hang`: the rest never comes; `cut`: the connection breaks. */
  ending: 'complete' | 'cut' | 'hang'
  pieceDelayMs: number
}

/** The sandbox's models and what each does; `fail-NNN` takes any status from 400 to 599. */
export const SANDBOX_MODELS: Readonly<Record<string, string>> = {
  echo: 'says the last user message back',
  lorem: 'placeholder text, as many words as `max_tokens` allows',
  json: 'JSON that fits the schema of `response_format`',
  tool: 'calls the first tool once, then sums the results up',
  'right-90': 'says the message back for 90 of 100 messages, as `right-NN` does, and does not know the others',
  slow: 'like echo, 100 ms between words',
  'fail-429': 'refuses with 429 and retry-after, as `fail-NNN` does with any status',
  stall: 'accepts the request and never answers',
  'stall-mid-stream': 'begins and then falls silent',
  'cut-mid-stream': 'begins and then breaks the connection',
  garbage: 'answers 200 with a web page',
}

const LOREM =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(
    ' ',
  )
const DEFAULT_WORDS = 60

/** Decides the reply; a model that does not exist is refused as a provider would refuse it. */
export function sandboxReply(request: SandboxRequest): SandboxReply {
  const plain = { toolCall: null, failure: null, silent: false, ending: 'complete', pieceDelayMs: 0 } as const
  const heard = lastUserText(request)
  switch (request.model) {
    case 'echo':
      return { ...plain, text: heard }
    case 'slow':
      return { ...plain, text: heard, pieceDelayMs: 100 }
    case 'lorem':
      return { ...plain, text: lorem(request.max_completion_tokens ?? request.max_tokens ?? DEFAULT_WORDS) }
    case 'json':
      return { ...plain, text: JSON.stringify(sampleOf(request.response_format?.json_schema?.schema ?? {}, 0)) }
    case 'tool':
      return { ...plain, ...toolTurn(request) }
    case 'stall':
      return { ...plain, text: '', silent: true }
    case 'stall-mid-stream':
      return { ...plain, text: lorem(DEFAULT_WORDS), ending: 'hang' }
    case 'cut-mid-stream':
      return { ...plain, text: lorem(DEFAULT_WORDS), ending: 'cut' }
    case 'garbage':
      return { ...plain, text: '', garbage: '<!doctype html><title>Bad gateway</title>' }
    default: {
      const share = shareOf(request.model)
      if (share === null) return { ...plain, text: '', failure: failure(request.model) }
      return { ...plain, text: draw(`${request.model}\0${heard}`) < share ? heard : 'I do not know.' }
    }
  }
}

/** Of `right-NN`: `right-90` and `right-90.0` are as good as each other and right about other messages. */
function shareOf(model: string): number | null {
  const [, percent] = /^right-(\d{1,3}(?:\.\d+)?)$/.exec(model) ?? []
  return percent === undefined ? null : Math.min(1, Number(percent) / 100)
}

/** Between 0 and 1; the same for the same text. */
function draw(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 12), 16) / 2 ** 48
}

function failure(model: string): NonNullable<SandboxReply['failure']> {
  const status = Number(/^fail-([45]\d\d)$/.exec(model)?.[1] ?? Number.NaN)
  if (Number.isNaN(status)) {
    const known = Object.keys(SANDBOX_MODELS).join(', ')
    const message = `The sandbox has no model "${model}". It has: ${known}.`
    return { status: 404, headers: {}, error: { message, type: 'invalid_request_error', code: 'model_not_found' } }
  }
  return {
    status,
    headers: status === 429 || status === 503 ? { 'retry-after': '1' } : {},
    error: { message: `The sandbox fails with ${status}, as its model is meant to.`, type: 'sandbox', code: model },
  }
}

function toolTurn(request: SandboxRequest): Pick<SandboxReply, 'text' | 'toolCall'> {
  const results = request.messages.filter((message) => message.role === 'tool')
  const tool = request.tools?.[0]?.function
  if (results.length > 0 || !tool)
    return { text: `Results: ${results.map(textOf).join('; ') || 'none'}`, toolCall: null }
  return { text: '', toolCall: { name: tool.name, arguments: JSON.stringify(sampleOf(tool.parameters ?? {}, 0)) } }
}

function lastUserText(request: SandboxRequest): string {
  const message = request.messages.findLast((candidate) => candidate.role === 'user') ?? request.messages.at(-1)
  return message ? textOf(message) : ''
}

/** The text of a message, whatever the form of its content. */
export function textOf(message: SandboxRequest['messages'][number]): string {
  if (typeof message.content === 'string') return message.content
  if (!Array.isArray(message.content)) return ''
  return message.content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('')
}

function lorem(words: number): string {
  const count = Math.max(1, Math.min(words, 4000))
  return Array.from({ length: count }, (_, index) => LOREM[index % LOREM.length]).join(' ')
}

const DEEPEST = 8

/** The simplest value that a JSON Schema allows, for the keywords that structured output may use. */
function sampleOf(schema: Record<string, unknown>, depth: number): unknown {
  if (depth > DEEPEST) return null
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if ('const' in schema) return schema.const
  const branch = (schema.anyOf ?? schema.oneOf) as Record<string, unknown>[] | undefined
  if (branch?.[0]) return sampleOf(branch[0], depth + 1)
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1
    case 'boolean':
      return true
    case 'array':
      return [sampleOf((schema.items ?? {}) as Record<string, unknown>, depth + 1)]
    case 'null':
      return null
    default: {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>)
      return Object.fromEntries(properties.map(([name, property]) => [name, sampleOf(property, depth + 1)]))
    }
  }
}
