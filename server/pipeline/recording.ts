import type { Client } from './reply.ts'

type Head = { status: number; headers: Record<string, string> }

/** What goes to one client, kept so that others can be told the same, while it comes or later. */
export class Recording {
  head: Head | null = null
  readonly chunks: Buffer[] = []
  bytes = 0
  /** `whole`: the reply is complete; `broken`: what there is of it is not to be shown again. */
  state: 'open' | 'whole' | 'broken' = 'open'
  readonly #grew: () => void
  #waiting: (() => void)[] = []

  /** `grew` is called after each piece, e.g. to keep a limit. */
  constructor(grew: () => void) {
    this.#grew = grew
  }

  begin(status: number, headers: Record<string, string>): void {
    this.head = { status, headers }
    this.#wake()
  }

  append(chunk: Buffer | string): void {
    if (this.state !== 'open') return
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    this.chunks.push(bytes)
    this.bytes += bytes.length
    this.#grew()
    this.#wake()
  }

  close(state: 'whole' | 'broken'): void {
    if (this.state !== 'open') return
    this.state = state
    if (state === 'broken') this.chunks.length = 0
    this.#wake()
  }

  /** Tells another client the same, at its own pace; with `more` headers. Resolves when that is done. */
  async replay(client: Client, more: Readonly<Record<string, string>>): Promise<void> {
    client.onGone(() => this.#wake())
    client.onDrain(() => this.#wake())
    while (this.head === null && this.state === 'open' && !client.gone) await this.#change()
    if (client.gone) return
    if (this.head !== null && this.state !== 'broken') {
      client.head(this.head.status, { ...this.head.headers, ...more })
      await this.#replayBody(client)
    }
    if (client.gone) return
    if (this.state === 'whole') client.end()
    else client.abort()
  }

  async #replayBody(client: Client): Promise<void> {
    for (let next = 0; !client.gone; ) {
      const chunk = this.chunks[next]
      if (chunk === undefined && this.state !== 'open') return
      const wait = chunk === undefined || !client.write(chunk)
      if (chunk !== undefined) next += 1
      if (wait) await this.#change()
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

/**
 * A client beside which everything is recorded. It is never gone: the reply is made to its end for whoever asks for it
 * again.
 */
export function recorded(client: Client, recording: Recording): Client {
  const drained: (() => void)[] = []
  const drain = () => {
    for (const listener of drained) listener()
  }
  client.onDrain(drain)
  // Nobody will drain a connection that is gone.
  client.onGone(drain)
  return {
    gone: false,
    whole(status, headers, body) {
      recording.begin(status, headers)
      recording.append(body)
      recording.close('whole')
      client.whole(status, headers, body)
    },
    head(status, headers) {
      recording.begin(status, headers)
      client.head(status, headers)
    },
    write(chunk) {
      recording.append(chunk)
      return client.write(chunk) || client.gone
    },
    end() {
      recording.close('whole')
      client.end()
    },
    abort() {
      recording.close('broken')
      client.abort()
    },
    onDrain: (listener) => void drained.push(listener),
    onGone() {},
  }
}
