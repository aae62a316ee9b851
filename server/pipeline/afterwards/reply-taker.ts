import type { ClientDialect } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import { ReplyReader } from '../reply-reader.ts'

/** Takes a guarded reply down, up to so many characters. */
export class ReplyTaker extends ReplyReader {
  readonly #limit: number
  readonly #events: ChatEvent[] = []
  #size = 0
  #state: 'open' | 'over' | 'lost' = 'open'

  constructor(dialect: ClientDialect, limit: number) {
    super(dialect)
    this.#limit = limit
  }

  /** The whole of it; `null` where it has not come to its end, is too large or could not be read. */
  get events(): readonly ChatEvent[] | null {
    return this.#state === 'over' ? this.#events : null
  }

  protected get isOpen(): boolean {
    return this.#state === 'open'
  }

  protected see(event: ChatEvent): void {
    if (event.type === 'part-delta') this.#size += event.text.length
    if (this.#size > this.#limit) this.giveUp()
    else if (event.type !== 'ping') this.#events.push(event)
  }

  protected giveUp(): void {
    this.#state = 'lost'
    this.#events.length = 0
  }

  protected finish(): void {
    if (this.#state === 'open') this.#state = 'over'
  }
}
