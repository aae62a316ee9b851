import type { Usage } from '../../core/usage.ts'
import { promptTokens } from '../../core/usage.ts'
import { isObject, type Json, objectOf } from '../members.ts'

/**
 * OpenAI's usage object: `prompt_tokens` includes cached ones, which are split off here. Vendors name the cached
 * part differently: OpenAI, Groq, OpenRouter `prompt_tokens_details.cached_tokens`, DeepSeek
 * `prompt_cache_hit_tokens`, Mistral `num_cached_tokens`, Together `cached_tokens`. `null` when there is no count.
 */
export function readUsage(value: unknown): Usage | null {
  if (!isObject(value)) return null
  if (typeof value.prompt_tokens !== 'number' && typeof value.completion_tokens !== 'number') return null
  const prompt = objectOf(value.prompt_tokens_details)
  const completion = objectOf(value.completion_tokens_details)
  const cacheRead =
    count(prompt.cached_tokens) ||
    count(value.prompt_cache_hit_tokens) ||
    count(value.num_cached_tokens) ||
    count(value.cached_tokens)
  const cacheWrite = count(prompt.cache_write_tokens)
  return {
    input: Math.max(0, count(value.prompt_tokens) - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: count(value.completion_tokens),
    reasoning: count(completion.reasoning_tokens),
    audioInput: count(prompt.audio_tokens),
    audioOutput: count(completion.audio_tokens),
    raw: value,
    estimated: false,
  }
}

/** The usage object of a reply in OpenAI's shape. */
export function writeUsage(usage: Usage): Json {
  const prompt = promptTokens(usage)
  const { cacheWrite } = usage
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead,
      ...(cacheWrite > 0 ? { cache_write_tokens: cacheWrite } : {}),
      audio_tokens: usage.audioInput,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoning, audio_tokens: usage.audioOutput },
  }
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}
