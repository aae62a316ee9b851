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
