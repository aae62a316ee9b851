import { GatewayError } from '../../core/errors.ts'
import type { EmbeddingsFormat, EmbeddingsReply, PlainDialect } from '../../core/plain.ts'
import { promptTokens, usageOf } from '../../core/usage.ts'
import { type Json, objectOf } from '../members.ts'
import { writeError as writeOllamaError } from '../ollama/errors.ts'
import { writeError as writeOpenaiError } from '../openai-chat/errors.ts'
import { headReader, openaiUsage } from './head.ts'

/** https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEmbeddings: PlainDialect = {
  id: 'openai-embeddings',
  operation: 'embeddings',
  readHead: headReader('input'),
  writeError: writeOpenaiError,
  readUsage: openaiUsage,
  embeddings: {
    readRequest({ model: _, input, dimensions, encoding_format: encoding, input_type: purpose, user: __, ...extra }) {
      return {
        inputs: inputsOf(input, 'input'),
        base64: encoding === 'base64',
        ...(typeof dimensions === 'number' ? { dimensions } : {}),
        ...(typeof purpose === 'string' ? { purpose } : {}),
        extra,
      }
    },
    writeRequest({ inputs, dimensions, purpose }, model) {
      const body = {
        model,
        input: inputs,
        encoding_format: 'float',
        ...(dimensions === undefined ? {} : { dimensions }),
      }
      return { body, lost: purpose === undefined ? [] : ['input_type'] }
    },
    readReply(json) {
      const { data, model } = objectOf(json)
      if (!Array.isArray(data)) throw noVectors('`data`')
      const vectors = data.map((item) => vectorOf((item as Json | null)?.embedding))
      return { model: String(model ?? ''), vectors, usage: openaiUsage(json) }
    },
    writeReply({ model, vectors, usage }, { base64 }) {
      const embedding = (vector: number[]) =>
        base64 ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector
      const tokens = usage ? promptTokens(usage) : 0
      return {
        object: 'list',
        data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: embedding(vector) })),
        model,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      }
    },
  },
}

/** https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings */
export const ollamaEmbed: PlainDialect = {
  id: 'ollama-embed',
  operation: 'embeddings',
  readHead: headReader('input'),
  writeError: writeOllamaError,
  readUsage: ollamaUsage,
  embeddings: {
    readRequest({ model: _, input, dimensions, keep_alive: __, ...extra }) {
      const size = typeof dimensions === 'number' ? { dimensions } : {}
      return { inputs: inputsOf(input, 'input'), base64: false, ...size, extra }
    },
    writeRequest({ inputs, dimensions, purpose }, model) {
      const body = { model, input: inputs, ...(dimensions === undefined ? {} : { dimensions }) }
      return { body, lost: purpose === undefined ? [] : ['input_type'] }
    },
    readReply(json) {
      const { embeddings, model } = objectOf(json)
      if (!Array.isArray(embeddings)) throw noVectors('`embeddings`')
      return { model: String(model ?? ''), vectors: embeddings.map(vectorOf), usage: ollamaUsage(json) }
    },
    writeReply({ model, vectors, usage }) {
      return { model, embeddings: vectors, ...(usage ? { prompt_eval_count: promptTokens(usage) } : {}) }
    },
  },
}

/** The older one, for one text: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embedding */
export const ollamaEmbeddings: PlainDialect = {
  id: 'ollama-embeddings',
  operation: 'embeddings',
  readHead: headReader('prompt'),
  writeError: writeOllamaError,
  readUsage: () => null,
  embeddings: {
    readRequest: ({ model: _, prompt, keep_alive: __, ...extra }) => ({
      inputs: inputsOf(prompt, 'prompt'),
      base64: false,
      extra,
    }),
    writeReply: ({ vectors }) => ({ embedding: vectors[0] ?? [] }),
  },
}

/** What the vectors are for must be said; documents are what is embedded most. */
const DEFAULT_PURPOSE = 'search_document'

/** https://docs.cohere.com/reference/embed */
export const cohereEmbed: PlainDialect = {
  id: 'cohere-embed',
  operation: 'embeddings',
  readHead: headReader('texts'),
  writeError: writeOpenaiError,
  readUsage: cohereUsage,
  embeddings: {
    writeRequest({ inputs, dimensions, purpose = DEFAULT_PURPOSE }, model) {
      const size = dimensions === undefined ? {} : { output_dimension: dimensions }
      return { body: { model, texts: inputs, input_type: purpose, embedding_types: ['float'], ...size }, lost: [] }
    },
    readReply(json) {
      const { embeddings } = objectOf(json)
      const vectors = Array.isArray(embeddings) ? embeddings : (embeddings as Json | undefined)?.float
      if (!Array.isArray(vectors)) throw noVectors('`embeddings.float`')
      return { model: '', vectors: vectors.map(vectorOf), usage: cohereUsage(json) }
    },
  } satisfies EmbeddingsFormat,
}

/** One text or several. Lists of token numbers are made for one tokenizer and cannot be translated. */
function inputsOf(value: unknown, param: string): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new GatewayError('invalid_request', `\`${param}\` is neither a text nor a list of texts.`, {
    param,
    hint: 'Token numbers can only go to a target that speaks this format itself.',
  })
}

function vectorOf(value: unknown): number[] {
  if (Array.isArray(value)) return value as number[]
  if (typeof value !== 'string') throw noVectors('a vector')
  const bytes = Buffer.from(value, 'base64')
  return Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readFloatLE(index * 4))
}

function ollamaUsage(json: unknown): EmbeddingsReply['usage'] {
  const { prompt_eval_count: count } = objectOf(json)
  return typeof count === 'number' ? usageOf({ input: count }, { prompt_eval_count: count }) : null
}

function cohereUsage(json: unknown): EmbeddingsReply['usage'] {
  const units = objectOf(objectOf(objectOf(json).meta).billed_units)
  return typeof units.input_tokens === 'number' ? usageOf({ input: units.input_tokens }, units) : null
}

function noVectors(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply has no embeddings: ${what} is missing.`)
}
