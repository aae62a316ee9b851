import type { PlainDialectId } from './dialect-id.ts'
import type { GatewayError } from './errors.ts'
import type { RequestHead } from './request.ts'
import type { Usage } from './usage.ts'

/** What a model is asked for. */
export type Operation =
  | 'chat'
  | 'embeddings'
  | 'rerank'
  | 'speech'
  | 'transcription'
  | 'images'
  | 'moderations'
  | 'count-tokens'

type Json = Record<string, unknown>

/**
 * A wire format of anything but chat. Where client and upstream speak the same one, bytes pass; two formats of the
 * same operation are translated where both have `embeddings` or `speech`.
 */
export interface PlainDialect {
  readonly id: PlainDialectId
  readonly operation: Exclude<Operation, 'chat'>
  readonly headers?: readonly string[]
  /** Throws `invalid_request` naming the member. `json` holds the text fields of a form as well. */
  readHead(json: Readonly<Json>): RequestHead
  writeError(error: GatewayError): Json
  /** Usage of a whole JSON reply; `null` where it has none. */
  readUsage(json: unknown): Usage | null
  readonly embeddings?: EmbeddingsFormat
  readonly speech?: SpeechFormat
  /** Answers without a provider, for what can be estimated here. */
  estimate?(json: Readonly<Json>): Json
}

export interface EmbeddingsRequest {
  inputs: string[]
  dimensions?: number
  /** Vectors are wanted as base64 of little-endian 32-bit floats. */
  base64: boolean
  /** What the vectors are for, e.g. `search_query` (Cohere's `input_type`). */
  purpose?: string
  /** Members of the format's own. */
  extra: Json
}

export interface EmbeddingsReply {
  model: string
  vectors: number[][]
  usage: Usage | null
}

export interface EmbeddingsFormat {
  /** Throws `invalid_request`. Absent in formats that only upstreams speak. */
  readRequest?(json: Readonly<Json>): EmbeddingsRequest
  writeRequest?(request: EmbeddingsRequest, model: string): { body: Json; lost: string[] }
  /** Throws `upstream_invalid_reply`. */
  readReply?(json: unknown): EmbeddingsReply
  writeReply?(reply: EmbeddingsReply, request: EmbeddingsRequest): Json
}

export interface SpeechRequest {
  text: string
  voice: string
  /** OpenAI's words: mp3, opus, aac, flac, wav, pcm. */
  format: string
  speed?: number
  extra: Json
}

/** Speech comes back as audio bytes in every format, so that only requests differ. */
export interface SpeechFormat {
  readRequest?(json: Readonly<Json>): SpeechRequest
  /** `address` holds what does not go into the body but into the address. Throws `lossy_translation`. */
  writeRequest?(request: SpeechRequest, model: string): { body: Json; address: Json; lost: string[] }
}
