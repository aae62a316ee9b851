import { vectorsOf } from '../../cache/embedders/vectors-of.ts'
import type { CacheHash, SpaceVector, VectorSpace } from '../../core/cache.ts'
import type { EmbedderPolicy } from '../../core/cache-policy.ts'
import type { Policy } from '../../core/policy.ts'
import type { Embedder } from '../../core/ports.ts'
import type { CacheWriter } from '../../stores/cache/cache-writer.ts'
import type { Reader } from '../../stores/reader.ts'
import type { QuestionSearch } from './ports.ts'

export interface ReembedderDeps {
  policy(): Policy
  writer: CacheWriter
  /** Not the one that requests wait for. */
  reader: Reader
  search: QuestionSearch
  remote(): Embedder | null
  onProblem(message: string): void
}

type Lacking = { key: CacheHash; question: string }

/** Texts at a time, and a rest between, so that requests come first. */
const BATCH = 32
const REST_MS = 50
/** How long after the last round entries that came without a vector are looked for, e.g. as the look-up was late. */
const ROUND_MS = 60_000

/**
 * Gives entries that have none a vector in the space of the configured embedder, in the background: after another
 * embedder was configured all of them, and then drops the spaces that nobody asks any more.
 */
export class Reembedder {
  readonly #deps: ReembedderDeps
  #timer: NodeJS.Timeout | undefined
  #space: { of: EmbedderPolicy; id: string } | null = null
  #running = false
  #stopped = false

  constructor(deps: ReembedderDeps) {
    this.#deps = deps
  }

  /** Looks for work soon. */
  wake(): void {
    this.#schedule(REST_MS)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#stopped || this.#running || !comparesQuestions(this.#deps.policy())) return
    this.#timer = setTimeout(() => void this.#round(), ms)
    this.#timer.unref()
  }

  async #round(): Promise<void> {
    this.#running = true
    let next = ROUND_MS
    try {
      next = (await this.#batch()) ? REST_MS : ROUND_MS
    } catch (error) {
      if (!this.#stopped) this.#deps.onProblem(`questions get no vectors: ${(error as Error).message}`)
    }
    this.#running = false
    this.#schedule(next)
  }

  /** True where there may be more to do. */
  async #batch(): Promise<boolean> {
    const { reader, writer } = this.#deps
    const space = await this.#spaceId()
    const lacking = await reader.ask<Lacking[]>('lackingEntries', space, Date.now(), null, BATCH)
    if (lacking.length === 0) {
      await this.#dropOthers(space)
      return false
    }
    const vectors = await this.#embed(lacking.map(({ question }) => question))
    for (const [index, { key }] of lacking.entries()) writer.addVector(key, vectors[index]!)
    await writer.flush()
    return true
  }

  #embed(texts: readonly string[]): Promise<SpaceVector[]> {
    const { search, remote, policy } = this.#deps
    const embedder = remote()
    return embedder ? vectorsOf(embedder, texts) : search.embed(policy().cache.embedder, texts)
  }

  /** An embedder of the thread's own has to make a vector to tell. */
  async #spaceId(): Promise<string> {
    const { remote, policy } = this.#deps
    const { embedder } = policy().cache
    if (this.#space?.of !== embedder) {
      const id = remote()?.id ?? (await this.#embed(['space']))[0]!.space.id
      this.#space = { of: embedder, id }
    }
    return this.#space.id
  }

  async #dropOthers(id: string): Promise<void> {
    const { reader, writer } = this.#deps
    const spaces = await reader.ask<VectorSpace[]>('cacheSpaces')
    for (const other of spaces) if (other.id !== id) await writer.ask({ type: 'drop-space', space: other.id })
  }
}

/** Some route compares questions by likeness. */
export function comparesQuestions({ routes }: Policy): boolean {
  return [...routes.values()].some(({ settings }) => settings.cache?.mode === 'semantic')
}
