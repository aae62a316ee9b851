import type { ClientDialect, EventReader } from '../core/dialect.ts'
import type { ChatEvent } from '../core/events.ts'
import type { ReplyWatcher } from './reply.ts'

/** Reads a guarded reply as events while it goes to its client, in whatever form it does. */
export abstract class ReplyReader implements ReplyWatcher {
  readonly #dialect: ClientDialect
  #reader: EventReader | null = null

  constructor(dialect: ClientDialect) {
    this.#dialect = dialect
  }

  /** False once nobody wants the rest. */
  protected abstract readonly isOpen: boolean
  protected abstract see(event: ChatEvent): void
  /** The rest cannot be read. */
  protected abstract giveUp(): void
  protected abstract finish(): void

  whole(body: Buffer, events: readonly ChatEvent[] | null): void {
    this.#take(() => events ?? this.#dialect.readReply?.(JSON.parse(body.toString())) ?? null)
    this.finish()
  }

  chunk(bytes: Buffer): void {
    this.#take(() => {
      this.#reader ??= this.#dialect.eventReader?.() ?? null
      return this.#reader?.push(bytes) ?? null
    })
  }

  event(event: ChatEvent): void {
    this.#take(() => [event])
  }

  end(): void {
    if (this.#reader) this.#take(() => this.#reader!.end())
    this.finish()
  }

  #take(read: () => readonly ChatEvent[] | null): void {
    if (!this.isOpen) return
    try {
      const events = read()
      if (events === null) this.giveUp()
      else for (const event of events) this.see(event)
    } catch {
      this.giveUp()
    }
  }
}

/** Tells several watchers of one reply. */
export function watchedBy(...watchers: readonly (ReplyWatcher | null)[]): ReplyWatcher | null {
  const all = watchers.filter((watcher) => watcher !== null)
  if (all.length < 2) return all[0] ?? null
  return {
    whole(body, events) {
      for (const watcher of all) watcher.whole(body, events)
    },
    chunk(bytes) {
      for (const watcher of all) watcher.chunk(bytes)
    },
    event(event) {
      for (const watcher of all) watcher.event(event)
    },
    end() {
      for (const watcher of all) watcher.end()
    },
  }
}
