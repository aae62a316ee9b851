import { fileURLToPath } from 'node:url'
import { startChild } from './children.ts'

const START_MS = 15_000

/** The fake upstream, a process of its own; `chunkDelayMs` lies between the chunks of its streams. */
export async function startUpstream(
  core: number | null,
  chunkDelayMs: number,
): Promise<{ origin: string; stop(): Promise<void> }> {
  const file = fileURLToPath(new URL('upstream.ts', import.meta.url))
  const child = startChild({ core, command: process.execPath, args: [file, String(chunkDelayMs)], messages: true })
  const { port } = await child.message<{ port: number }>(START_MS)
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.stop() }
}
