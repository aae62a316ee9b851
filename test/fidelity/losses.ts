import type { Meaning } from './meaning.ts'
import type { Format } from './recorded.ts'
import type { ClientDialect } from './sdks.ts'

/** Which cell of the matrix, and how. */
export interface Cell {
  client: ClientDialect
  format: Format
  /** The client asked for a stream. */
  stream: boolean
  /** The recording is one. */
  streamed: boolean
}

/** Something that a client's format cannot say. */
export interface Loss {
  dialects: readonly ClientDialect[]
  what: string
  why: string
  /** What is left of a meaning: nothing but this may differ from what the provider said. */
  apply(meaning: Meaning, cell: Cell): Meaning
}

const OLLAMA = ['ollama', 'ollama-generate'] as const
const ALL = [
  'openai-chat',
  'openai-completions',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  ...OLLAMA,
] as const

/**
 * Every difference between what a provider said and what a client gets, each as narrow as it is. One that never occurs
 * fails the test, as does any other difference.
 */
export const LOSSES: readonly Loss[] = [
  {
    dialects: ['openai-completions', 'ollama-generate'],
    what: 'tool calls',
    why: 'completions of a prompt have no tools; the reply ends with `stop`',
    apply: (meaning) =>
      meaning.toolCalls.length > 0
        ? { ...meaning, toolCalls: [], finish: meaning.finish === 'tool-calls' ? 'stop' : meaning.finish }
        : meaning,
  },
  {
    dialects: ['openai-completions'],
    what: 'reasoning',
    why: 'the legacy format has text only',
    apply: (meaning) => ({ ...meaning, reasoning: '' }),
  },
  {
    dialects: ['openai-completions', ...OLLAMA],
    what: 'citations',
    why: 'the format has none',
    apply: (meaning) => ({ ...meaning, citations: [] }),
  },
  {
    dialects: ['openai-chat', 'anthropic-messages'],
    what: 'citations of uploaded files',
    why: 'OpenAI’s file search names a file that lies with OpenAI; here citations have an address',
    apply: (meaning, { format }) =>
      format === 'openai-responses'
        ? { ...meaning, citations: meaning.citations.filter((source) => URL.canParse(source)) }
        : meaning,
  },
  {
    dialects: ALL,
    what: 'blocks of tools that the provider runs itself (web search, file search, code execution)',
    why: 'only their own format knows them; what the model says of their results is there',
    apply: (meaning, { client, format }) => (client === format ? meaning : { ...meaning, hosted: [] }),
  },
  {
    dialects: ALL,
    what: 'signatures and encrypted reasoning',
    why: 'only their issuer can read them; the gateway keeps those of tool calls and gives them back on the next turn',
    apply: (meaning, { client, format }) => (client === format ? meaning : { ...meaning, state: [] }),
  },
  {
    dialects: OLLAMA,
    what: 'counts of cached and reasoning tokens',
    why: 'Ollama counts prompt and reply only, in which these are included',
    apply: (meaning) => ({
      ...meaning,
      usage: meaning.usage && meaning.usage !== 'made up' ? { ...meaning.usage, cacheRead: 0, reasoning: 0 } : null,
    }),
  },
  {
    dialects: ['anthropic-messages', ...OLLAMA],
    what: 'the absence of counts',
    why: 'these formats demand counts: they are 0 where the provider gave none, but for Anthropic’s prompt, an estimate',
    apply: (meaning) =>
      meaning.usage === null && meaning.error === null ? { ...meaning, usage: 'made up' as const } : meaning,
  },
  {
    dialects: OLLAMA,
    what: 'the reply’s id',
    why: 'Ollama’s replies have none; `x-request-id` does',
    apply: (meaning) => ({ ...meaning, id: null }),
  },
  {
    dialects: OLLAMA,
    what: 'a filter as the end of the reply',
    why: 'Ollama knows `stop` and `length` only',
    apply: (meaning) => (meaning.finish === 'content-filter' ? { ...meaning, finish: 'stop' as const } : meaning),
  },
]
