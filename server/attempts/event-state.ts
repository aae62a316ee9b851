import type { GatewayError } from '../core/errors.ts'
import { type ChatEvent, type FinishReason, isContent } from '../core/events.ts'
import type { TapState } from '../core/ports.ts'
import type { Usage } from '../core/usage.ts'

/** What a tap would know, gathered from events. */
export class EventState implements TapState {
  content = false
  complete = false
  id: string | null = null
  model: string | null = null
  finishReason: FinishReason | null = null
  usage: Usage | null = null
  error: GatewayError | null = null

  see(event: ChatEvent): void {
    if (isContent(event)) this.content = true
    switch (event.type) {
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
