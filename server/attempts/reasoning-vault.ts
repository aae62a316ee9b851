import type { ChatEvent } from '../core/events.ts'
import type { ChatRequest, Message, OpaqueState, Part, ReasoningPart } from '../core/request.ts'

/** One assistant turn that called tools: what was thought and signed, in the order it came. */
interface Turn {
  provider: string
  parts: Part[]
  bytes: number
  expiresAt: number
}

/** Sees every event of one reply. */
export interface Follower {
  see(event: ChatEvent): void
}

const LIFETIME_MS = 60 * 60_000
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Keeps providers' opaque reasoning state (signatures, encrypted thoughts) across a turn whose client speaks a
 * dialect with no place for it. Kept by tenant and tool-call id, for an hour, in memory only: it is content, which
 * the store never holds. A turn goes back only to the provider that it came from. The oldest make room.
 */
export class ReasoningVault {
  readonly #turns = new Map<string, Turn>()
  readonly #lifetimeMs: number
  readonly #mostBytes: number
  #bytes = 0

  constructor(lifetimeMs = LIFETIME_MS, mostBytes = MOST_BYTES) {
    this.#lifetimeMs = lifetimeMs
    this.#mostBytes = mostBytes
  }

  /** Follows one reply of a provider and keeps its turns that have state and called tools. */
  follow(tenant: string, provider: string): Follower {
    const choices = new Map<number, Map<number, Part>>()
    return {
      see: (event) => {
        if (event.type === 'part-start') {
          const parts = choices.get(event.choice) ?? new Map<number, Part>()
          choices.set(event.choice, parts)
          const part = openPart(event)
          if (part) parts.set(event.part, part)
        } else if (event.type === 'part-delta') {
          const part = choices.get(event.choice)?.get(event.part)
          if (part) grow(part, event.text, event.state)
        } else if (event.type === 'finish') {
          this.#keep(tenant, provider, [...(choices.get(event.choice)?.values() ?? [])])
        }
      },
    }
  }

  /** The request with the state of its earlier turns put back, as far as this provider issued it. */
  restore(tenant: string, provider: string, request: ChatRequest): ChatRequest {
    let changed = false
    const messages = request.messages.map((message) => {
      const turn = this.#turnOf(tenant, provider, message)
      if (!turn) return message
      changed = true
      return { ...message, parts: merge(message.parts, turn.parts) }
    })
    return changed ? { ...request, messages } : request
  }

  #turnOf(tenant: string, provider: string, message: Message): Turn | null {
    if (message.role !== 'assistant') return null
    const call = message.parts.find((part) => part.type === 'tool-call')
    if (call === undefined) return null
    const key = keyOf(tenant, call.id)
    const turn = this.#turns.get(key)
    if (!turn) return null
    if (turn.expiresAt <= Date.now()) {
      this.#drop(key, turn)
      return null
    }
    return turn.provider === provider ? turn : null
  }

  #keep(tenant: string, provider: string, parts: Part[]): void {
    const ids = parts.flatMap((part) => (part.type === 'tool-call' && part.id !== '' ? [part.id] : []))
    if (ids.length === 0 || !parts.some((part) => 'state' in part && part.state !== undefined)) return
    const bytes = JSON.stringify(parts).length
    const turn: Turn = { provider, parts, bytes, expiresAt: Date.now() + this.#lifetimeMs }
    for (const id of ids) {
      const key = keyOf(tenant, id)
      const old = this.#turns.get(key)
      if (old) this.#drop(key, old)
      this.#turns.set(key, turn)
      this.#bytes += bytes
    }
    for (const [key, oldest] of this.#turns) {
      if (this.#bytes <= this.#mostBytes) break
      this.#drop(key, oldest)
    }
  }

  #drop(key: string, turn: Turn): void {
    this.#turns.delete(key)
    this.#bytes -= turn.bytes
  }
}

/** No tenant's name can make up another's key. */
function keyOf(tenant: string, id: string): string {
  return JSON.stringify([tenant, id])
}

function openPart(event: ChatEvent & { type: 'part-start' }): Part | null {
  switch (event.kind) {
    case 'text':
      return { type: 'text', text: '' }
    case 'reasoning':
      return { type: 'reasoning', text: '' }
    case 'tool-call':
      return { type: 'tool-call', id: event.id ?? '', name: event.name ?? '', arguments: '' }
    default:
      return null
  }
}

function grow(part: Part, text: string, state: OpaqueState | undefined): void {
  if (part.type === 'tool-call') part.arguments += text
  else if (part.type === 'text' || part.type === 'reasoning') part.text += text
  if (state && (part.type === 'tool-call' || part.type === 'text' || part.type === 'reasoning')) part.state = state
}

/**
 * The client's own parts, with state on its tool calls and the kept thoughts in their place: before the part that
 * they stood before. What the client changed in its texts and arguments stands as it sent it.
 */
function merge(own: readonly Part[], kept: readonly Part[]): Part[] {
  const calls = new Map(own.flatMap((part) => (part.type === 'tool-call' ? [[part.id, part] as const] : [])))
  const texts = own.filter((part) => part.type === 'text')
  const sameTexts = join(texts) === join(kept.filter((part) => part.type === 'text'))
  const sameCalls = kept.every((part) => part.type !== 'tool-call' || calls.has(part.id))
  if (sameTexts && sameCalls && calls.size === kept.filter((part) => part.type === 'tool-call').length) {
    const others = own.filter((part) => !['text', 'reasoning', 'tool-call'].includes(part.type))
    return [...kept.map((part) => (part.type === 'tool-call' ? signed(calls.get(part.id)!, part) : part)), ...others]
  }
  const thoughts = kept.filter((part): part is ReasoningPart => part.type === 'reasoning')
  const rest = own.filter((part) => part.type !== 'reasoning')
  const byId = new Map(kept.flatMap((part) => (part.type === 'tool-call' ? [[part.id, part] as const] : [])))
  return [
    ...thoughts,
    ...rest.map((part) => (part.type === 'tool-call' && byId.has(part.id) ? signed(part, byId.get(part.id)!) : part)),
  ]
}

function signed(own: Part & { type: 'tool-call' }, kept: Part & { type: 'tool-call' }): Part {
  return kept.state ? { ...own, state: kept.state } : own
}

function join(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
