import { promptTokens, type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
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
    countOf(prompt.cached_tokens) ||
    countOf(value.prompt_cache_hit_tokens) ||
    countOf(value.num_cached_tokens) ||
    countOf(value.cached_tokens)
  const cacheWrite = countOf(prompt.cache_write_tokens)
  return usageOf(
    {
      input: Math.max(0, countOf(value.prompt_tokens) - cacheRead - cacheWrite),
      cacheRead,
      cacheWrite,
      output: countOf(value.completion_tokens),
      reasoning: countOf(completion.reasoning_tokens),
      audioInput: countOf(prompt.audio_tokens),
      audioOutput: countOf(completion.audio_tokens),
    },
    value,
  )
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
