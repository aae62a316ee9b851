import { type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import { type Json, objectOf } from '../members.ts'

/** Members that only Anthropic's usage has; they go back to a client as they came. */
const OWN = ['cache_creation', 'server_tool_use', 'inference_geo', 'iterations', 'fallback_credit', 'speed']

/**
 * Anthropic's usage: `input_tokens` leaves out what was read from and written to the prompt cache. `null` when there is
 * no count. https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance
 */
export function readUsage(value: unknown): Usage | null {
  const raw = objectOf(value)
  if (typeof raw.input_tokens !== 'number' && typeof raw.output_tokens !== 'number') return null
  return usageOf(
    {
      input: countOf(raw.input_tokens),
      cacheRead: countOf(raw.cache_read_input_tokens),
      cacheWrite: countOf(raw.cache_creation_input_tokens),
      output: countOf(raw.output_tokens),
      reasoning: countOf(objectOf(raw.output_tokens_details).thinking_tokens),
    },
    raw,
  )
}

/** A stream's counts so far with those of a later event, which are totals as well; `null` says nothing new. */
export function mergeUsage(before: Json, later: unknown): Json {
  const said = Object.entries(objectOf(later)).filter(([, value]) => value !== null)
  return { ...before, ...Object.fromEntries(said) }
}

/** The usage object of a reply in Anthropic's shape. */
export function writeUsage(usage: Usage): Json {
  const raw = objectOf(usage.raw)
  const own = OWN.filter((name) => raw[name] !== undefined).map((name) => [name, raw[name]])
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: usage.output,
    ...(usage.reasoning > 0 ? { output_tokens_details: { thinking_tokens: usage.reasoning } } : {}),
    ...Object.fromEntries(own),
    ...(raw.cache_creation === undefined || raw.service_tier === undefined ? {} : { service_tier: raw.service_tier }),
  }
}
