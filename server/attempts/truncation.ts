import type { Inbound } from '../core/exchange.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import { estimateRequestTokens } from '../core/token-estimate.ts'
import { promptTokens, type Usage } from '../core/usage.ts'

/** Shorter prompts prove nothing. */
const SHORTEST = 512
/** The estimate is from below, so that less than this share of it means that most of the prompt was not read. */
const READ_SHARE = 0.6
/** Members that become the prompt, in any dialect; whether a server shows its model the tools is not known. */
const PROMPT = ['messages', 'system', 'input', 'instructions', 'prompt', 'contents', 'systemInstruction'] as const
/** Fewest bytes that a token stands for on average; spares most requests the estimate. */
const BYTES_PER_TOKEN = 3

/**
 * True when a server read far fewer prompt tokens than were sent. Local servers cut prompts that are longer than
 * the loaded context without a word: Ollama's `num_ctx` does, by default at 4096 tokens or less
 * (https://github.com/ollama/ollama/blob/main/docs/faq.mdx). A count of 0 means that the server did not say.
 */
export function wasTruncated(inbound: Inbound, usage: Usage): boolean {
  const read = promptTokens(usage)
  if (inbound.operation !== 'chat' || usage.estimated || read === 0) return false
  if (inbound.raw.length / BYTES_PER_TOKEN < SHORTEST || read > inbound.raw.length / BYTES_PER_TOKEN) return false
  const sent = promptEstimate(inbound)
  return sent >= SHORTEST && read < sent * READ_SHARE
}

/**
 * True when a prompt is longer than the context that the config has its provider load models with (`num_ctx`): known
 * before anything is sent, so that the client of a stream can be told as well.
 */
export function exceedsContext(inbound: Inbound, policy: ProviderPolicy): boolean {
  const { num_ctx: limit } = policy.options
  if (typeof limit !== 'number' || inbound.raw.length / BYTES_PER_TOKEN < limit) return false
  return promptEstimate(inbound) > limit
}

function promptEstimate({ json }: Inbound): number {
  return PROMPT.reduce((sum, name) => sum + estimateRequestTokens(json[name]), 0)
}
