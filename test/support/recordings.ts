import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One recorded exchange with a provider, as the fixtures' README describes it. */
export interface Recording {
  /** `provider/file` without the ending. */
  name: string
  provider: string
  shape: 'sse' | 'ndjson' | 'json' | 'error' | 'any' | 'eventstream'
  request: { path: string; body: Record<string, unknown> }
  response: { status: number; headers: Record<string, string>; body: string }
}

const FOLDER = fileURLToPath(new URL('../../../shared/fixtures/wire', import.meta.url))

/** Why tests with recordings are skipped, or `false` when they can run. */
export const recordingsMissing: string | false = existsSync(FOLDER)
  ? false
  : 'the recorded provider traffic is not beside this checkout'

/** The recordings of these providers; none where they are missing. */
export function recordings(...providers: readonly string[]): Recording[] {
  if (recordingsMissing) return []
  return providers.flatMap((provider) =>
    readdirSync(join(FOLDER, provider))
      .sort()
      .map((file): Recording => {
        const { request, response } = JSON.parse(readFileSync(join(FOLDER, provider, file), 'utf8'))
        const shape = file.split('-')[0] as Recording['shape']
        return { name: `${provider}/${file.replace(/\.json$/, '')}`, provider, shape, request, response }
      }),
  )
}

/** Headers that describe the recorded connection, not the content. */
const CONNECTION = new Set(['transfer-encoding', 'content-encoding', 'content-length', 'connection'])

/** What an upstream answers to replay a recording, cut into pieces of `size` bytes. */
export function replay({ response }: Recording, size = Number.POSITIVE_INFINITY) {
  const body = Buffer.from(response.body)
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => !CONNECTION.has(name)))
  return { status: response.status, headers, chunks: cut(body, size) }
}

/** A body in pieces of `size` bytes. */
export function cut(body: Buffer, size: number): Buffer[] {
  if (!Number.isFinite(size)) return [body]
  return Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    body.subarray(index * size, (index + 1) * size),
  )
}
