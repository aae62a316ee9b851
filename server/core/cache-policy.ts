import type { Partition } from './cache.ts'

/** What the cache may take, all routes together. */
export interface CacheLimits {
  /** Bytes of replies in memory. */
  memoryBytes: number
  /** Bytes of questions, replies and vectors in the store. */
  storeBytes: number
  /** Bytes of one reply; larger ones are not kept. */
  replyBytes: number
  embedder: EmbedderPolicy
}

/** What makes vectors of questions. */
export type EmbedderPolicy =
  | { kind: 'builtin-lexical' }
  | { kind: 'provider'; provider: string; model: string; dimensions: number | null }
  | { kind: 'onnx'; folder: string }

/** Of a config that says nothing. */
export const DEFAULT_CACHE_LIMITS: CacheLimits = {
  memoryBytes: 64 * 1024 ** 2,
  storeBytes: 1024 ** 3,
  replyBytes: 1024 ** 2,
  embedder: { kind: 'builtin-lexical' },
}

/** How a route gives replies again. Times are milliseconds. */
export interface CachePolicy {
  /** `none`: replies are kept for the day on which every target fails, and not given before. */
  mode: 'none' | 'exact' | 'semantic'
  /** Who shares replies. */
  partition: Partition
  ttlMs: number
  /** After that a reply is given while a new one is fetched. */
  staleWhileRevalidateMs: number
  /** After the lifetime a reply is given where every target has failed. */
  staleIfErrorMs: number
  /** A request that asks for a higher temperature wants another answer each time. */
  maxTemperature: number
  /** Keep replies that call tools, and those to requests with tools that the provider runs. */
  toolCalls: boolean
  /** Keep replies of several choices (`n`). */
  choices: boolean
  /** How a kept reply is streamed: at once, or as fast as it first came. */
  pace: 'immediate' | 'natural'
  semantic: SemanticPolicy
}

/** When a reply to another question of the same meaning is given. */
export interface SemanticPolicy {
  /** Least similarity, 0..1; `null`: what fits the embedder. */
  threshold: number | null
  /** `null`: what fits the embedder. */
  guard: 'strict' | 'loose' | null
  /** Share of wrong hits up to which the threshold may let answers through. */
  maxError: number
  /** How long a request waits for the look-up. */
  deadlineMs: number
}

/** Of a route that only says that it caches. */
export const DEFAULT_CACHE: CachePolicy = {
  mode: 'exact',
  partition: 'tenant',
  ttlMs: 3_600_000,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  maxTemperature: 1,
  toolCalls: false,
  choices: false,
  pace: 'immediate',
  semantic: { threshold: null, guard: null, maxError: 0.01, deadlineMs: 250 },
}

/** The route has a reply of better days where every target fails. */
export function keepsForBadDays(cache: CachePolicy | null): boolean {
  return cache !== null && cache.staleIfErrorMs > 0
}
