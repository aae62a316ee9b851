import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GatedUpstream {
  url: string
  /** Resolves when so many requests have come. */
  arrived(count: number): Promise<void>
  /** Lets all open streams, and all later ones, come to their end. */
  release(): void
  close(): Promise<void>
}

/** The text that a released stream has sent. */
export const GATED_TEXT = 'before after'

/** An upstream whose streams begin at once and go on only when they are let: tests need no clock to catch one. */
export async function startGatedUpstream(): Promise<GatedUpstream> {
  const open: ServerResponse[] = []
  let seen = 0
  let released = false
  let wake = () => {}
  const finish = (response: ServerResponse) =>
    response.end(`${frame({ content: 'after' })}${frame({}, 'stop')}data: [DONE]\n\n`)
  const server = createServer((request, response) => {
    request.resume()
    response.on('error', () => {})
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(frame({ role: 'assistant', content: 'before ' }))
    if (released) finish(response)
    else open.push(response)
    seen += 1
    wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async arrived(count) {
      while (seen < count)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    },
    release() {
      released = true
      for (const response of open.splice(0)) finish(response)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The content that an SSE text carries. */
export function contentOf(sse: string): string {
  return [...sse.matchAll(/^data: (\{.*\})$/gm)]
    .map(([, json]) => JSON.parse(json!).choices?.[0]?.delta?.content ?? '')
    .join('')
}

function frame(delta: object, finish: string | null = null): string {
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gated' }
  return `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
}
