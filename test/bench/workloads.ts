/** One kind of request. */
export interface Workload {
  name: string
  stream: boolean
  /** The client itself asks for usage, so that a gateway has nothing to take out of the stream. */
  asksUsage: boolean
  bodyBytes: number
}

/** A workload at one number of connections. */
export interface Cell {
  name: string
  workload: Workload
  concurrency: number
}

const SMALL = 300
const LARGE = 100 * 1024
const CONCURRENCIES = [1, 16, 64]

export const UNARY: Workload = { name: 'unary 300 B', stream: false, asksUsage: false, bodyBytes: SMALL }
const UNARY_LARGE: Workload = { name: 'unary 100 KB', stream: false, asksUsage: false, bodyBytes: LARGE }
export const STREAM: Workload = { name: 'stream 300 B', stream: true, asksUsage: false, bodyBytes: SMALL }
const STREAM_LARGE: Workload = { name: 'stream 100 KB', stream: true, asksUsage: false, bodyBytes: LARGE }
export const PASSTHROUGH: Workload = { name: 'stream 300 B + usage', stream: true, asksUsage: true, bodyBytes: SMALL }

/** The cell of a workload at so many connections. */
export function cellOf(workload: Workload, concurrency: number): Cell {
  return { name: `${workload.name}, c${concurrency}`, workload, concurrency }
}

export const CELLS: readonly Cell[] = [
  ...[UNARY, UNARY_LARGE, STREAM, STREAM_LARGE].flatMap((workload) =>
    CONCURRENCIES.map((concurrency) => cellOf(workload, concurrency)),
  ),
  cellOf(PASSTHROUGH, 16),
]

const PARAGRAPH =
  'The harbour office keeps a "tide book", and each entry names a ship, its draught and the hour.\nRead it aloud. '
const PARAGRAPHS_PER_MESSAGE = 20

/**
 * The request as JSON text of about the workload's size: a conversation of long messages where it is large. `more` are
 * further members.
 */
export function requestBody(
  { stream, asksUsage, bodyBytes }: Workload,
  model: string,
  more: Record<string, unknown> = {},
): string {
  const system = { role: 'system', content: 'You are a helpful assistant that answers in one short paragraph.' }
  const fixed = {
    model,
    temperature: 0.2,
    stream,
    ...(asksUsage ? { stream_options: { include_usage: true } } : {}),
    ...more,
  }
  const messages: { role: string; content: string }[] = [system]
  let left = bodyBytes - JSON.stringify({ ...fixed, messages }).length
  while (left > 0) {
    const content = PARAGRAPH.repeat(PARAGRAPHS_PER_MESSAGE).slice(0, left)
    messages.push({ role: messages.length % 2 === 1 ? 'user' : 'assistant', content })
    left -= JSON.stringify(messages.at(-1)).length + 1
  }
  const { model: name, ...rest } = fixed
  return JSON.stringify({ model: name, messages, ...rest })
}
