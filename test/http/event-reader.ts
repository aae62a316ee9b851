import type { LiveBatch, LiveEvent } from '../../server/http/admin/schemas.ts'
import { LiveBatch as LiveBatchSchema } from '../../server/http/admin/schemas.ts'
import type { TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits } from './admin.ts'

export interface SeenBatch {
  id: string
  batch: LiveBatch
}

export interface EventReader {
  /** Everything seen so far. */
  batches: SeenBatch[]
  events(): LiveEvent[]
  /** The text as it came over the wire. */
  text(): string
  leave(): Promise<void>
}

/** Follows the live view as a browser does; what comes is checked against its schema. */
export async function watchEvents(gateway: TestGateway, lastEventId?: string): Promise<EventReader> {
  const away = new AbortController()
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const reply = await askAdmin(gateway, 'events', { headers, signal: away.signal })
  if (!reply.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error('this is no event stream')
  const batches: SeenBatch[] = []
  let seen = ''
  const reading = (async () => {
    let rest = ''
    for await (const text of reply.body!.pipeThrough(new TextDecoderStream())) {
      seen += text
      rest += text
      const frames = rest.split('\n\n')
      rest = frames.pop()!
      for (const frame of frames) take(frame, batches)
    }
  })().catch((error: Error) => {
    if (error.name !== 'AbortError') throw error
  })
  return {
    batches,
    events: () => batches.flatMap(({ batch }) => batch.events),
    text: () => seen,
    async leave() {
      away.abort()
      await reading
    },
  }
}

function take(frame: string, batches: SeenBatch[]): void {
  const fields = new Map(frame.split('\n').map((line) => [line.split(': ')[0]!, line.slice(line.indexOf(': ') + 2)]))
  const data = fields.get('data')
  if (data === undefined) return
  const batch = JSON.parse(data) as LiveBatch
  assertFits(LiveBatchSchema, batch, data)
  batches.push({ id: fields.get('id')!, batch })
}
