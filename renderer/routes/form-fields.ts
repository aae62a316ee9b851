/** The fields of a route's form: where each stands in the file, and how it is filled in. */
import type { Path } from './yaml-text.ts'

export interface FormField {
  /** Below the route. */
  path: Path
  label: string
  kind: 'choice' | 'flag' | 'number' | 'text'
  choices?: readonly string[]
  /** What holds where the file says nothing. */
  fallback: string
  help: string
  /** Only under these strategies. */
  strategies?: readonly string[]
  /** Only under these modes of the cache, or where the file says something anyway. */
  cacheModes?: readonly string[]
  /** What goes from the file, below the route, where the fallback is chosen; else the field alone. */
  clears?: Path
}

export interface FieldGroup {
  title: string
  fields: readonly FormField[]
}

const duration = { kind: 'text' } as const

export const strategyField: FormField = {
  path: ['strategy'],
  label: 'Strategy',
  kind: 'choice',
  choices: ['priority', 'weighted', 'least-latency', 'cost-optimized'],
  fallback: 'priority',
  help: 'How the targets below are ordered for each request.',
}

const choosing: FieldGroup = {
  title: 'Choosing',
  fields: [
    {
      path: ['sticky'],
      label: 'Sticky by',
      kind: 'choice',
      choices: ['session', 'user', 'tenant', 'none'],
      fallback: 'session',
      help: 'What stays with its target.',
      strategies: ['weighted'],
    },
    {
      path: ['quality', 'bar'],
      label: 'Quality bar',
      kind: 'number',
      fallback: '0',
      help: 'Least mean score of a target, 0 to 1. The cheapest above it goes first.',
      strategies: ['cost-optimized'],
    },
    {
      path: ['quality', 'min_samples'],
      label: 'Least samples',
      kind: 'number',
      fallback: '20',
      help: 'Scores before a target is believed.',
      strategies: ['cost-optimized'],
    },
    {
      path: ['quality', 'explore'],
      label: 'Explore',
      kind: 'number',
      fallback: '0.1',
      help: 'Share of requests for a cheaper target of which too little is known.',
      strategies: ['cost-optimized'],
    },
  ],
}

const failing: FieldGroup = {
  title: 'When a target fails',
  fields: [
    { path: ['retry', 'max'], label: 'Retries', kind: 'number', fallback: '0', help: 'Further tries of one target.' },
    {
      path: ['retry', 'budget'],
      label: 'Retry budget',
      kind: 'number',
      fallback: '0.2',
      help: 'Most retries and hedges per request, over time: a bad hour must not multiply traffic.',
    },
    {
      path: ['fallback', 'on_error'],
      label: 'Fall back',
      kind: 'flag',
      fallback: 'true',
      help: 'Try the next target when one fails before its first content.',
    },
    {
      path: ['on_stream_failure'],
      label: 'Broken stream',
      kind: 'choice',
      choices: ['error', 'resume'],
      fallback: 'error',
      help: 'It ends with an error, or the next target goes on from the text so far.',
    },
    {
      path: ['fallback', 'cached'],
      label: 'Last resort',
      kind: 'choice',
      choices: ['off', 'stale'],
      fallback: 'off',
      help: 'When all have failed, repeat the last good reply to the same request, marked as stale.',
    },
    {
      path: ['fallback', 'static'],
      label: 'Fixed reply',
      kind: 'text',
      fallback: 'none',
      help: 'When all have failed, this text is the reply, marked as made up.',
    },
  ],
}

const waiting: FieldGroup = {
  title: 'Time',
  fields: [
    { path: ['timeouts', 'connect'], label: 'Connect', ...duration, fallback: '5s', help: 'Until it is connected.' },
    {
      path: ['timeouts', 'first_token'],
      label: 'First token',
      ...duration,
      fallback: '60s',
      help: 'Until the first content; when set it also limits the wait for a whole reply.',
    },
    { path: ['timeouts', 'idle'], label: 'Idle', ...duration, fallback: '60s', help: 'Longest silence in a stream.' },
    { path: ['timeouts', 'total'], label: 'Total', ...duration, fallback: '10m', help: 'All attempts together.' },
    {
      path: ['hedge', 'after'],
      label: 'Hedge after',
      ...duration,
      fallback: 'never',
      help: 'When a second attempt begins beside a slow one: p95, or a time such as 800ms.',
    },
  ],
}

const breaking: FieldGroup = {
  title: 'Circuit breaker',
  fields: [
    {
      path: ['breaker', 'failures'],
      label: 'Failures',
      kind: 'number',
      fallback: '5',
      help: 'So many open it; 0 turns it off.',
    },
    {
      path: ['breaker', 'error_share'],
      label: 'Error share',
      kind: 'number',
      fallback: '0.1',
      help: 'It opens only once this share of the attempts failed.',
    },
    { path: ['breaker', 'window'], label: 'Window', ...duration, fallback: '30s', help: 'How far back they count.' },
    {
      path: ['breaker', 'cooldown'],
      label: 'Cool-down',
      ...duration,
      fallback: '30s',
      help: 'How long it is left alone before one call tries it again.',
    },
  ],
}

export const cacheModeField: FormField = {
  path: ['cache', 'mode'],
  label: 'Mode',
  kind: 'choice',
  choices: ['off', 'exact', 'semantic'],
  fallback: 'off',
  help: 'Give a kept reply to the same request, or also to a question that says the same in other words.',
  clears: ['cache'],
}

const keeping: FieldGroup = {
  title: 'Cache',
  fields: [
    cacheModeField,
    {
      path: ['cache', 'ttl'],
      label: 'Lifetime',
      ...duration,
      fallback: '1h',
      help: 'How long a reply is given again.',
      cacheModes: ['exact', 'semantic'],
    },
    {
      path: ['cache', 'partition'],
      label: 'Shared by',
      kind: 'choice',
      choices: ['tenant', 'team', 'user', 'session'],
      fallback: 'tenant',
      help: 'Who shares replies. Never more than a tenant; a request that does not say whose it is, is not cached.',
      cacheModes: ['exact', 'semantic'],
    },
    {
      path: ['cache', 'threshold'],
      label: 'Threshold',
      kind: 'number',
      fallback: 'fits the embedder',
      help: 'Least similarity of two questions, 0 to 1. The Cache page tries one on recorded look-ups.',
      cacheModes: ['semantic'],
    },
    {
      path: ['cache', 'max_error'],
      label: 'Wrong hits',
      kind: 'number',
      fallback: '0.01',
      help: 'Share that is bearable; the threshold in force rises to keep it.',
      cacheModes: ['semantic'],
    },
  ],
}

const more: FieldGroup = {
  title: 'And',
  fields: [
    {
      path: ['priority'],
      label: 'Priority',
      kind: 'choice',
      choices: ['high', 'normal', 'low'],
      fallback: 'normal',
      help: 'Who goes first where requests wait for a provider.',
    },
    {
      path: ['idempotency'],
      label: 'Idempotency',
      ...duration,
      fallback: '1h',
      help: 'How long a reply is kept for the same idempotency key; 0s keeps none.',
    },
    {
      path: ['translation'],
      label: 'Translation',
      kind: 'choice',
      choices: ['lenient', 'strict'],
      fallback: 'lenient',
      help: 'What a target’s format cannot carry is dropped and named, or the request refused.',
    },
  ],
}

export const fieldGroups: readonly FieldGroup[] = [choosing, failing, waiting, breaking, keeping, more]

/** What stands at a field, as text; empty where the file says nothing. */
export function textAt(route: unknown, path: Path): string {
  const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], route)
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The value that a field's text stands for; `undefined` for the one that holds anyway. */
export function settingOf({ kind, fallback }: FormField, text: string): unknown {
  if (text === '') return undefined
  if (kind === 'flag') return text === fallback ? undefined : text === 'true'
  if (kind === 'choice') return text === fallback ? undefined : text
  return kind === 'number' && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
