import { vectorsOf } from '../../cache/embedders/vectors-of.ts'
import type { CacheHash, CacheScope, SpaceVector } from '../../core/cache.ts'
import type { EmbedderPolicy, SemanticPolicy } from '../../core/cache-policy.ts'
import type { Embedder } from '../../core/ports.ts'
import type { SemanticAnswer } from '../../core/semantic.ts'
import type { QuestionSearch } from './ports.ts'

export interface Asked {
  scope: CacheScope
  context: CacheHash
  question: string
  policy: SemanticPolicy
  maxTokens: number | null
}

/** A look-up by likeness under way, that a request waits for no longer than its route allows. */
export interface LookUpRun {
  /** Within the deadline, or why not. */
  answer: Promise<SemanticAnswer | 'late' | 'failed'>
  /** The question's vector, as soon as there is one: it is kept with the reply. */
  vector(): SpaceVector | null
}

export interface SemanticDeps {
  search: QuestionSearch
  /** Resolves when what was kept last of a context can be found; `null` where it can already. */
  whenStored(context: CacheHash): Promise<void> | null
  embedderPolicy(): EmbedderPolicy
  /** An embedder that is asked over the network; `null` where the search thread makes the vectors itself. */
  remote(): Embedder | null
  onFault(error: unknown): void
}

/** Who asks right after a reply was kept is to find it, but not to wait for a store that has much to do. */
const MOST_WAIT_MS = 30

/** Begins a look-up. What goes wrong is no failure of the request: it goes on without. */
export function beginLookUp(deps: SemanticDeps, asked: Asked): LookUpRun {
  let vector: SpaceVector | null = null
  const run = async (): Promise<SemanticAnswer> => {
    const stored = deps.whenStored(asked.context)
    if (stored) await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, MOST_WAIT_MS))])
    const remote = deps.remote()
    if (remote) vector = (await vectorsOf(remote, [asked.question]))[0]!
    const embedder = deps.embedderPolicy()
    const answer = await deps.search.lookUp({ ...asked, vector, embedder, now: Date.now() })
    vector = answer.vector
    return answer
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), asked.policy.deadlineMs)
  })
  const found = run().catch((error): 'failed' => {
    deps.onFault(error)
    return 'failed'
  })
  const answer = Promise.race([found, late]).finally(() => clearTimeout(timer))
  return { answer, vector: () => vector }
}
