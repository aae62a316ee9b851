import Anthropic from '@anthropic-ai/sdk'
import { ApiError, GoogleGenAI } from '@google/genai'
import { Ollama } from 'ollama'
import type { Json } from '../support/gateway.ts'
import { errorMeaning, type Meaning } from './meaning.ts'
import { readMessage } from './oracle-anthropic.ts'
import { readGemini } from './oracle-gemini.ts'
import { readOllama } from './oracle-ollama.ts'
import { OPENAI_SDKS } from './sdk-openai.ts'

export type ClientDialect =
  | 'openai-chat'
  | 'openai-completions'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'ollama'
  | 'ollama-generate'
  | 'gemini'

/** One client of the matrix: the official SDK of a format, through a socket. */
export interface Sdk {
  dialect: ClientDialect
  label: string
  ask(url: string, model: string, stream: boolean): Promise<Meaning>
  /** What an error says; `null` for one that is not of the SDK's own class for it. */
  errorOf(error: unknown): Meaning | null
}

const PROMPT = 'Hello'
const MESSAGES = [{ role: 'user', content: PROMPT } as const]

const anthropic: Sdk = {
  dialect: 'anthropic-messages',
  label: 'Anthropic',
  async ask(url, model, stream) {
    const { messages } = new Anthropic({ baseURL: url, apiKey: 'unused', maxRetries: 0 })
    const params = { model, messages: MESSAGES, max_tokens: 1000 }
    return readMessage(stream ? await messages.stream(params).finalMessage() : await messages.create(params))
  },
  errorOf(error) {
    if (!(error instanceof Anthropic.APIError)) return null
    if (error.status === 404 && !(error instanceof Anthropic.NotFoundError)) return null
    if (error.status === 400 && !(error instanceof Anthropic.BadRequestError)) return null
    return errorMeaning(error.message, error.status ?? null)
  },
}

const ollamaChat: Sdk = {
  dialect: 'ollama',
  label: 'Ollama chat',
  async ask(url, model, stream) {
    const client = new Ollama({ host: url })
    if (!stream) return readOllama([await client.chat({ model, messages: MESSAGES, stream })])
    return readOllama(await Array.fromAsync(await client.chat({ model, messages: MESSAGES, stream })))
  },
  errorOf: ollamaError,
}

const ollamaGenerate: Sdk = {
  dialect: 'ollama-generate',
  label: 'Ollama generate',
  async ask(url, model, stream) {
    const client = new Ollama({ host: url })
    if (!stream) return readOllama([await client.generate({ model, prompt: PROMPT, stream })])
    return readOllama(await Array.fromAsync(await client.generate({ model, prompt: PROMPT, stream })))
  },
  errorOf: ollamaError,
}

const gemini: Sdk = {
  dialect: 'gemini',
  label: 'Gemini',
  async ask(url, model, stream) {
    const { models } = new GoogleGenAI({ apiKey: 'unused', httpOptions: { baseUrl: url } })
    const params = { model, contents: PROMPT }
    if (!stream) return readGemini([await models.generateContent(params)])
    return readGemini(await Array.fromAsync(await models.generateContentStream(params)))
  },
  errorOf: (error) => (error instanceof ApiError ? errorMeaning(error.message, error.status) : null),
}

/** The client's `ResponseError` is not exported; errors inside a stream are plain ones with the provider's words. */
function ollamaError(error: unknown): Meaning | null {
  const { name, status_code: status, message }: Json = error
  if (name === 'ResponseError' && typeof status === 'number') return errorMeaning(message, status)
  return error instanceof Error && error.constructor === Error ? errorMeaning(message) : null
}

export const SDKS: readonly Sdk[] = [...OPENAI_SDKS, anthropic, ollamaChat, ollamaGenerate, gemini]
