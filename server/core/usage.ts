/**
 * Tokens of one attempt, normalised once: `input` never includes what was read from or written to a prompt
 * cache (Anthropic counts so; OpenAI's and Gemini's totals include it and are split by their dialects).
 * `output` includes `reasoning`, as every provider bills it so.
 */
export interface Usage {
  input: number
  cacheRead: number
  cacheWrite: number
  output: number
  reasoning: number
  audioInput: number
  audioOutput: number
  /** The provider's own object, as received. */
  raw: unknown
  /** True when the gateway counted because the provider did not say. */
  estimated: boolean
}

/** All prompt tokens, cached or not: what OpenAI calls `prompt_tokens`. */
export function promptTokens(usage: Usage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite
}

/** What a provider counted, with its own object; what it does not count is 0. */
export function usageOf(counts: Partial<Omit<Usage, 'raw' | 'estimated'>>, raw: unknown): Usage {
  return { ...NOTHING, ...counts, raw }
}

const NOTHING = {
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  audioInput: 0,
  audioOutput: 0,
  estimated: false,
}
