import type { Json } from '../support/gateway.ts'
import { cut, type Recording, recordings, recordingsMissing, replay } from '../support/recordings.ts'
import { eventStream, lines, sseFrames } from './frames.ts'
import { errorMeaning, type Meaning } from './meaning.ts'
import { readMessage, readMessageEvents } from './oracle-anthropic.ts'
import { readConverse, readConverseStream } from './oracle-bedrock.ts'
import { readCohere, readCohereEvents } from './oracle-cohere.ts'
import { readGemini } from './oracle-gemini.ts'
import { readOllama } from './oracle-ollama.ts'
import { readChat } from './oracle-openai-chat.ts'
import { readResponse, readResponseEvents } from './oracle-openai-responses.ts'

export { recordingsMissing }

/** One upstream of the matrix: recordings of one provider's, and the provider that would have made them. */
export interface Upstream {
  label: string
  folder: string
  kind: string
  format: Format
  /** Recordings of its folder that are not its own. */
  path?: RegExp
  /** Below the fake upstream's address. */
  base: string
  /** Formats to use of those that the provider speaks, so that it is asked for what was recorded. */
  dialects?: readonly string[]
}

export type Format =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'gemini'
  | 'ollama'
  | 'ollama-generate'
  | 'bedrock-converse'
  | 'cohere-chat'

const CHAT = { format: 'openai-chat', base: '/v1', dialects: ['openai-chat'] } as const

export const UPSTREAMS: readonly Upstream[] = [
  { ...CHAT, label: 'OpenAI chat', folder: 'openai-chat', kind: 'openai' },
  { ...CHAT, label: 'Groq', folder: 'groq', kind: 'groq' },
  { ...CHAT, label: 'Mistral', folder: 'mistral', kind: 'mistral' },
  { ...CHAT, label: 'OpenRouter', folder: 'openrouter', kind: 'openrouter' },
  { ...CHAT, label: 'DeepSeek', folder: 'deepseek', kind: 'deepseek' },
  { ...CHAT, label: 'vLLM', folder: 'vllm', kind: 'vllm' },
  { ...CHAT, label: 'TGI', folder: 'huggingface-tgi', kind: 'tgi' },
  { ...CHAT, label: 'Ollama `/v1`', folder: 'ollama', kind: 'openai-compatible', path: /^\/v1/ },
  {
    label: 'OpenAI Responses',
    folder: 'openai-responses',
    kind: 'openai',
    format: 'openai-responses',
    base: '/v1',
    dialects: ['openai-responses'],
  },
  { label: 'Anthropic', folder: 'anthropic-messages', kind: 'anthropic', format: 'anthropic-messages', base: '/v1' },
  { label: 'Gemini', folder: 'gemini', kind: 'gemini', format: 'gemini', base: '/v1beta' },
  {
    label: 'Ollama `/api/chat`',
    folder: 'ollama',
    kind: 'ollama',
    format: 'ollama',
    path: /^\/api\/chat$/,
    base: '',
    dialects: ['ollama'],
  },
  {
    label: 'Ollama `/api/generate`',
    folder: 'ollama',
    kind: 'ollama',
    format: 'ollama-generate',
    path: /^\/api\/generate$/,
    base: '',
  },
  { label: 'Bedrock Converse', folder: 'bedrock-converse', kind: 'bedrock', format: 'bedrock-converse', base: '' },
  { label: 'Cohere', folder: 'cohere', kind: 'cohere', format: 'cohere-chat', base: '' },
]

/** A recording and what it says. */
export interface Recorded {
  name: string
  bytes: number
  /** It is a stream, not one whole reply. */
  streamed: boolean
  meaning: Meaning
  /** What an upstream answers to replay it, in pieces of `size` bytes. */
  replay(size: number): ReturnType<typeof replay>
}

export function recordedOf(upstream: Upstream): Recorded[] {
  const own = recordings(upstream.folder).filter(({ request }) => upstream.path?.test(request.path) ?? true)
  return own.map((recording) => {
    const { status, headers, body_base64: base64, body: text }: Json = recording.response
    const body = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64')
    const type: string = headers['content-type']
    return {
      name: recording.name,
      bytes: body.length,
      streamed: /event-?stream|ndjson/.test(type),
      meaning: status >= 400 ? refusalOf(body.toString(), status) : READERS[upstream.format](body, type),
      replay: (size) => ({ ...replay(withoutBody(recording)), chunks: cut(body, size) }),
    }
  })
}

type Reader = (body: Buffer, type: string) => Meaning

const json = (body: Buffer): Json => JSON.parse(body.toString())
const isSse = (type: string) => type.includes('event-stream')
const sse = (body: Buffer) => sseFrames(body.toString())

const READERS: Readonly<Record<Format, Reader>> = {
  'openai-chat': (body, type) => readChat(isSse(type) ? sse(body) : [json(body)]),
  'openai-responses': (body, type) => (isSse(type) ? readResponseEvents(sse(body)) : readResponse(json(body))),
  'anthropic-messages': (body, type) => (isSse(type) ? readMessageEvents(sse(body)) : readMessage(json(body))),
  gemini: (body, type) => readGemini(isSse(type) ? sse(body) : [json(body)]),
  ollama: (body) => readOllama(lines(body.toString())),
  'ollama-generate': (body) => readOllama(lines(body.toString())),
  'bedrock-converse': (body, type) =>
    type.includes('eventstream') ? readConverseStream(eventStream(body)) : readConverse(json(body)),
  'cohere-chat': (body, type) => (isSse(type) ? readCohereEvents(sse(body)) : readCohere(json(body))),
}

function refusalOf(body: string, status: number): Meaning {
  const { error, message } = JSON.parse(body)
  return errorMeaning(error?.message ?? message, status)
}

/** Its status and headers: the body of an event stream is no text. */
function withoutBody(recording: Recording): Recording {
  return { ...recording, response: { ...recording.response, body: '' } }
}
