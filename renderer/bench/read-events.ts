import type { BenchEvent } from '../../server/http/admin/schemas.ts'

/** The events of a stream, as they come. Rejects where the stream breaks. */
export async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<BenchEvent> {
  const read = eventReader()
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* read(decoder.decode(value, { stream: true }))
    }
  } finally {
    reader.releaseLock()
  }
}

/** Takes pieces of a stream of server-sent events, cut anywhere, and gives the events that each of them completes. */
export function eventReader(): (piece: string) => BenchEvent[] {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).split('\n\n')
    rest = blocks.pop()!
    return blocks.filter((block) => block.startsWith('data: ')).map((block) => JSON.parse(block.slice(6)) as BenchEvent)
  }
}
