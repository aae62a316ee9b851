import type { ChatDialectId } from '../core/dialect-id.ts'
import type { ChatRequest, Message, Part, Sampling, Tool } from '../core/request.ts'

/** Gathers the names of what a format cannot carry, each once. */
export class Lost {
  readonly names = new Set<string>()

  add(...names: readonly string[]): void {
    for (const name of names) this.names.add(name)
  }

  /** Names those that are set. */
  addSet(members: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(members)) if (value !== undefined) this.names.add(name)
  }

  list(): string[] {
    return [...this.names]
  }
}

/**
 * Members of a dialect's own that say nothing about the reply's content: dropping them loses nothing. The end user's
 * id (`ChatRequest.user`) is of that kind as well.
 */
const HARMLESS = new Set([
  'store',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'client_metadata',
  'service_tier',
  'keep_alive',
  'labels',
  'serviceTier',
])

/** Members that lose nothing with this value, as JSON: it is what every other dialect means anyway. */
const HARMLESS_VALUES: ReadonlyMap<string, string> = new Map([['generationConfig.responseModalities', '["TEXT"]']])

function isHarmless(name: string, value: unknown): boolean {
  return HARMLESS.has(name) || (HARMLESS_VALUES.has(name) && HARMLESS_VALUES.get(name) === JSON.stringify(value))
}

/**
 * The request's extra members where they are of this dialect. Those of another are lost, but for `kept`: names with
 * the same meaning in both.
 */
export function ownExtra(
  request: ChatRequest,
  dialect: ChatDialectId,
  lost: Lost,
  kept: readonly string[] = [],
): Record<string, unknown> {
  if (request.dialect === dialect) return request.extra
  const entries = Object.entries(request.extra)
  for (const [name, value] of entries) if (!kept.includes(name) && !isHarmless(name, value)) lost.add(name)
  return Object.fromEntries(entries.filter(([name]) => kept.includes(name)))
}

/** Names what a format without several choices, seeds and penalties cannot carry of the sampling. */
export function loseSampling({ choices, seed, frequencyPenalty, presencePenalty }: Sampling, lost: Lost): void {
  lost.addSet({
    n: choices === 1 ? undefined : choices,
    seed,
    frequency_penalty: frequencyPenalty || undefined,
    presence_penalty: presencePenalty || undefined,
  })
}

/** Names `cache_control` when anything in the request asks for prompt caching. */
export function loseCacheMarks(request: ChatRequest, lost: Lost): void {
  const marked = (item: Part | Tool): boolean =>
    ('cache' in item && item.cache !== undefined) || (item.type === 'tool-result' && item.parts.some(marked))
  if (request.tools.some(marked) || request.messages.some((message) => message.parts.some(marked)))
    lost.add('cache_control')
}

/**
 * The system texts at the front and the messages after them, for formats with one place for both. System messages
 * further down are moved to the front, which is named `system_position`.
 */
export function splitSystem(messages: readonly Message[], lost: Lost): { system: Part[]; rest: Message[] } {
  const system: Part[] = []
  const rest: Message[] = []
  for (const message of messages) {
    if (message.role !== 'system') rest.push(message)
    else {
      if (rest.length > 0) lost.add('system_position')
      system.push(...message.parts)
    }
  }
  return { system, rest }
}

/** What to call an opaque part that cannot be carried: its own word for what it is, or the member that holds it. */
export function opaqueName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'opaque'
  return 'type' in value && typeof value.type === 'string' ? value.type : (Object.keys(value)[0] ?? 'opaque')
}
