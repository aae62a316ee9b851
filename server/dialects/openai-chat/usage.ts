import type { Usage } from '../../core/usage.ts'

type Counts = Record<string, unknown>

/**
 * OpenAI's usage object: `prompt_tokens` includes cached ones, which are split off here. Vendors name the cached
 * part differently: OpenAI, Groq, OpenRouter `prompt_tokens_details.cached_tokens`, DeepSeek
 * `prompt_cache_hit_tokens`, Mistral `num_cached_tokens`. `null` when there is no count.
 */
export function readUsage(value: unknown): Usage | null {
  if (typeof value !== 'object' || value === null) return null
  const raw = value as Counts
  if (typeof raw.prompt_tokens !== 'number' && typeof raw.completion_tokens !== 'number') return null
  const prompt = detailsOf(raw.prompt_tokens_details)
  const completion = detailsOf(raw.completion_tokens_details)
  const cacheRead = count(prompt.cached_tokens) || count(raw.prompt_cache_hit_tokens) || count(raw.num_cached_tokens)
  const cacheWrite = count(prompt.cache_write_tokens)
  return {
    input: Math.max(0, count(raw.prompt_tokens) - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: count(raw.completion_tokens),
    reasoning: count(completion.reasoning_tokens),
    audioInput: count(prompt.audio_tokens),
    audioOutput: count(completion.audio_tokens),
    raw,
    estimated: false,
  }
}

/** The usage object of a reply in OpenAI's shape. */
export function writeUsage(usage: Usage): Record<string, unknown> {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cacheRead, audio_tokens: usage.audioInput },
    completion_tokens_details: { reasoning_tokens: usage.reasoning, audio_tokens: usage.audioOutput },
  }
}

function detailsOf(value: unknown): Counts {
  return typeof value === 'object' && value !== null ? (value as Counts) : {}
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}
