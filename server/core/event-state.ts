import type { TapState } from './dialect.ts'
import type { GatewayError } from './errors.ts'
import { type ChatEvent, type FinishReason, isContent } from './events.ts'
import type { Usage } from './usage.ts'

/** Of English, near enough for a count that nobody else gives. */
const CHARACTERS_PER_TOKEN = 4

/** Of a reply of which nothing has been seen. */
export function emptyTapState(): TapState {
  return {
    content: false,
    complete: false,
    id: null,
    model: null,
    finishReason: null,
    usage: null,
    seenTokens: 0,
    error: null,
  }
}

/** What a tap would know, gathered from events. */
export class EventState implements TapState {
  content = false
  complete = false
  id: string | null = null
  model: string | null = null
  finishReason: FinishReason | null = null
  usage: Usage | null = null
  #characters = 0
  error: GatewayError | null = null

  get seenTokens(): number {
    return Math.ceil(this.#characters / CHARACTERS_PER_TOKEN)
  }

  see(event: ChatEvent): void {
    if (isContent(event)) this.content = true
    switch (event.type) {
      case 'part-delta':
        this.#characters += event.text.length
        break
      case 'reply-start':
        this.id = event.id || null
        this.model = event.model || null
        break
      case 'finish':
        this.finishReason = event.reason
        this.complete = true
        break
      case 'usage':
        this.usage = event.usage
        break
      case 'error':
        this.error = event.error
        break
    }
  }
}
