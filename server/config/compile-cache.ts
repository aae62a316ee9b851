import {
  type CacheLimits,
  type CachePolicy,
  DEFAULT_CACHE,
  DEFAULT_CACHE_LIMITS,
  type EmbedderPolicy,
} from '../core/cache-policy.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Catalogue } from './catalogue.ts'
import type { Path, ProblemList } from './problems.ts'
import { checkProvider } from './route-context.ts'
import type { ConfigDocument, RouteDocument } from './schema.ts'
import { readDuration, readSize } from './units.ts'

const DAY_MS = 86_400_000
const LONGEST_MS = 365 * DAY_MS
const LONGEST_DEADLINE_MS = 10_000
/** Of `fallback.cached: stale` where the cache does not say how long. */
const STALE_MS = 7 * DAY_MS

/** How a route gives replies again; `null` where it does not. */
export function compileCache(
  { cache, fallback }: RouteDocument,
  route: Path,
  problems: ProblemList,
): CachePolicy | null {
  const path = [...route, 'cache']
  const wantsStale = fallback?.cached === 'stale'
  if (!cache) return wantsStale ? { ...DEFAULT_CACHE, mode: 'none', ttlMs: 0, staleIfErrorMs: STALE_MS } : null
  const usual = DEFAULT_CACHE
  const read = (name: 'ttl' | 'stale_while_revalidate' | 'stale_if_error', fallbackMs: number): number => {
    const text = cache[name]
    if (text === undefined) return fallbackMs
    const duration = readDuration(text)
    if (duration > LONGEST_MS) problems.add([...path, name], `"${text}" is longer than a year`)
    return duration
  }
  const ttlMs = read('ttl', usual.ttlMs)
  if (ttlMs === 0) problems.add([...path, 'ttl'], 'a reply that is good for no time at all is never given again')
  if (cache.mode === 'exact')
    for (const name of ['threshold', 'guard', 'max_error', 'deadline'] as const)
      if (cache[name] !== undefined)
        problems.add([...path, name], `\`${name}\` is for \`mode: semantic\``, { at: 'key' })
  return {
    mode: cache.mode,
    partition: cache.partition ?? usual.partition,
    ttlMs,
    staleWhileRevalidateMs: read('stale_while_revalidate', usual.staleWhileRevalidateMs),
    staleIfErrorMs: read('stale_if_error', wantsStale ? STALE_MS : usual.staleIfErrorMs),
    maxTemperature: cache.max_temperature ?? usual.maxTemperature,
    toolCalls: cache.tool_calls ?? usual.toolCalls,
    choices: cache.choices ?? usual.choices,
    pace: cache.pace ?? usual.pace,
    semantic: {
      threshold: cache.threshold ?? usual.semantic.threshold,
      guard: cache.guard ?? usual.semantic.guard,
      maxError: cache.max_error ?? usual.semantic.maxError,
      deadlineMs: readDeadline(cache.deadline, [...path, 'deadline'], problems),
    },
  }
}

function readDeadline(text: string | undefined, path: Path, problems: ProblemList): number {
  if (text === undefined) return DEFAULT_CACHE.semantic.deadlineMs
  const duration = readDuration(text)
  if (duration < 1) problems.add(path, `"${text}" leaves no time at all`)
  if (duration > LONGEST_DEADLINE_MS) problems.add(path, `"${text}" is longer than 10s, which no request should wait`)
  return duration
}

type CacheDocument = NonNullable<ConfigDocument['cache']>

interface CacheContext {
  providers: ReadonlyMap<string, ProviderPolicy>
  catalogue: Catalogue
  problems: ProblemList
}

/** What the cache may take. */
export function compileCacheLimits(
  { memory, store, max_reply, embedder }: CacheDocument,
  context: CacheContext,
): CacheLimits {
  const usual = DEFAULT_CACHE_LIMITS
  return {
    memoryBytes: memory === undefined ? usual.memoryBytes : readSize(memory),
    storeBytes: store === undefined ? usual.storeBytes : readSize(store),
    replyBytes: max_reply === undefined ? usual.replyBytes : readSize(max_reply),
    embedder: compileEmbedder(embedder, context),
  }
}

/** Wire formats of embeddings that the gateway can write and read itself. */
const EMBEDDINGS: ReadonlySet<string> = new Set(['openai-embeddings', 'ollama-embed', 'cohere-embed'])

function compileEmbedder(embedder: CacheDocument['embedder'], context: CacheContext): EmbedderPolicy {
  if (embedder === undefined || typeof embedder === 'string') return { kind: 'builtin-lexical' }
  if ('onnx' in embedder) return { kind: 'onnx', folder: embedder.onnx }
  const { provider: id, model, dimensions = null } = embedder
  const { providers, catalogue, problems } = context
  const path = ['cache', 'embedder', 'provider']
  checkProvider(id, path, context)
  const provider = providers.get(id)
  const spoken = provider && (provider.dialects ?? catalogue.providerKinds.get(provider.kind)!.dialects)
  if (spoken && !spoken.some((dialect) => EMBEDDINGS.has(dialect)))
    problems.add(path, `provider "${id}" (${provider.kind}) offers no embeddings`)
  return { kind: 'provider', provider: id, model, dimensions }
}
