import type { Embedder } from '../../server/core/ports.ts'

export interface EmbeddingsServer {
  /** With its version, e.g. `http://127.0.0.1:11434/v1`. */
  baseUrl: string
  model: string
  key: string | null
}

/** Texts in one request. */
const BATCH = 64
/** A model may have to be loaded first. */
const LIMIT_MS = 120_000
const SHOWN_CHARACTERS = 300

/**
 * An embedder behind `POST BASE_URL/embeddings` in OpenAI's format
 * (https://platform.openai.com/docs/api-reference/embeddings). Rejects with what the server said where it gives none.
 */
export function httpEmbedder({ baseUrl, model, key }: EmbeddingsServer): Embedder {
  const url = `${baseUrl.replace(/\/+$/, '')}/embeddings`
  const headers = { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
  let dimensions: number | null = null
  const ask = async (input: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> => {
    const limit = AbortSignal.timeout(LIMIT_MS)
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    }).catch((error: Error) => {
      const { message } = (error.cause ?? error) as Error
      throw new Error(`${url} cannot be asked: ${message}`, { cause: error })
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, SHOWN_CHARACTERS)}`)
    const vectors = vectorsOf(text)
    if (vectors?.length !== input.length)
      throw new Error(
        `${url} gave ${vectors?.length ?? 'no'} vectors for ${input.length} texts: ${text.slice(0, SHOWN_CHARACTERS)}`,
      )
    dimensions ??= vectors[0]!.length
    return vectors
  }
  return {
    id: `${new URL(url).host}/${model}`,
    get dimensions() {
      return dimensions
    },
    async embed(texts, signal) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += BATCH) vectors.push(...(await ask(texts.slice(at, at + BATCH), signal)))
      return vectors
    },
  }
}

/** In the order of the texts, each of length 1; `null` where the reply holds none. */
function vectorsOf(text: string): Float32Array[] | null {
  const { data } = JSON.parse(text) as { data?: { index: number; embedding: number[] }[] }
  if (!Array.isArray(data)) return null
  return data
    .toSorted((one, other) => one.index - other.index)
    .map(({ embedding }) => {
      const length = Math.hypot(...embedding)
      return Float32Array.from(embedding, (value) => value / length)
    })
}
