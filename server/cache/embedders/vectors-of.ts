import type { SpaceVector } from '../../core/cache.ts'
import type { Embedder } from '../../core/ports.ts'

/** Vectors of texts, in order, with the space that they are in. */
export async function vectorsOf(embedder: Embedder, texts: readonly string[]): Promise<SpaceVector[]> {
  const vectors = await embedder.embed(texts)
  return vectors.map((vector) => ({ space: { id: embedder.id, dimensions: vector.length }, vector }))
}
