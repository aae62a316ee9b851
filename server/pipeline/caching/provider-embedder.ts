import { ownCall } from '../../attempts/own-call.ts'
import type { EmbedderPolicy } from '../../core/cache-policy.ts'
import type { DialectId } from '../../core/dialect-id.ts'
import { GatewayError } from '../../core/errors.ts'
import type { EmbeddingsFormat, PlainDialect } from '../../core/plain.ts'
import type { ProviderPolicy } from '../../core/policy.ts'
import type { Embedder, Provider, Send, WireCall } from '../../core/ports.ts'
import { ask, jsonOf } from '../../egress/ask.ts'

export interface ProviderEmbedderDeps {
  provider: Provider
  policy: ProviderPolicy
  /** Every format that is no chat's. */
  plains: ReadonlyMap<DialectId, PlainDialect>
  send: Send
}

/** A model may have to be loaded first. */
const LIMIT_MS = 30_000

/** An embedding model of a provider. Throws a TypeError for a provider that offers none. */
export function providerEmbedder(
  { model, dimensions: wanted }: EmbedderPolicy & { kind: 'provider' },
  { provider, policy, plains, send }: ProviderEmbedderDeps,
): Embedder {
  const format = formatOf(policy.dialects ?? provider.dialects, plains)
  if (!format) throw new TypeError(`provider ${policy.id} (${policy.kind}) offers no embeddings`)
  let dimensions = wanted
  return {
    id: `${policy.id}/${model}${wanted === null ? '' : `@${wanted}`}`,
    get dimensions() {
      return dimensions
    },
    async embed(texts, signal) {
      const call = await callOf(format, { provider, policy }, model, texts, wanted)
      signal?.throwIfAborted()
      const answer = await ask(send, call, LIMIT_MS)
      if (answer.status !== 200) throw provider.classify(answer)
      const { vectors } = format.readReply(jsonOf(answer))
      if (vectors.length !== texts.length)
        throw new GatewayError('upstream_invalid_reply', `${vectors.length} vectors came for ${texts.length} texts.`)
      dimensions ??= vectors[0]?.length ?? null
      return vectors.map((vector) => unitOf(vector, dimensions!))
    },
  }
}

type Format = Required<Pick<EmbeddingsFormat, 'writeRequest' | 'readReply'>> & { id: DialectId }

/** The provider's preferred one of those that can be written and read. */
function formatOf(spoken: readonly DialectId[], plains: ProviderEmbedderDeps['plains']): Format | null {
  for (const id of spoken) {
    const format = plains.get(id)?.embeddings
    if (format?.writeRequest && format.readReply)
      return { id, writeRequest: format.writeRequest, readReply: format.readReply }
  }
  return null
}

function callOf(
  format: Format,
  { provider, policy }: Pick<ProviderEmbedderDeps, 'provider' | 'policy'>,
  model: string,
  texts: readonly string[],
  dimensions: number | null,
): Promise<WireCall> {
  const asked = { inputs: [...texts], base64: false, extra: {}, ...(dimensions === null ? {} : { dimensions }) }
  const { body } = format.writeRequest(asked, model)
  const address = { policy, model, dialect: format.id, stream: false, request: body }
  return ownCall(provider, address, { url: provider.url(address), body: JSON.stringify(body) })
}

/** Of length 1. Throws for what has no direction, or comes from another space. */
function unitOf(values: readonly number[], dimensions: number): Float32Array {
  const vector = Float32Array.from(values)
  const length = Math.hypot(...vector)
  if (vector.length !== dimensions || !Number.isFinite(length) || length === 0)
    throw new GatewayError('upstream_invalid_reply', `A vector came that is none of ${dimensions} dimensions.`)
  return vector.map((value) => value / length)
}
