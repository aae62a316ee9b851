import fc from 'fast-check'
import { GatewayError } from '../../server/core/errors.ts'
import { type Recording, recordings } from '../support/recordings.ts'

/** One way in which bytes go wrong on their way. */
export interface Damage {
  kind: 'flip' | 'cut-out' | 'repeat' | 'insert' | 'cut-off' | 'drop-frame' | 'repeat-frame' | 'odd-value'
  /** Where, and how much. */
  at: number
  size: number
}

export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Damage['kind'][]>(
      'flip',
      'cut-out',
      'repeat',
      'insert',
      'cut-off',
      'drop-frame',
      'repeat-frame',
      'odd-value',
      'odd-value',
      'odd-value',
    ),
    at: fc.nat(1_000_000),
    size: fc.nat(300),
  }),
  { minLength: 1, maxLength: 4 },
)

export function damaged(body: Buffer, list: readonly Damage[]): Buffer {
  return list.reduce((bytes, { kind, at, size }) => {
    const place = at % Math.max(1, bytes.length)
    const end = Math.min(bytes.length, place + size)
    const around = (...middle: readonly Buffer[]) =>
      Buffer.concat([bytes.subarray(0, place), ...middle, bytes.subarray(end)])
    switch (kind) {
      case 'flip': {
        const copy = Buffer.from(bytes)
        if (copy.length > 0) copy[place]! ^= 1 << (size % 8)
        return copy
      }
      case 'cut-out':
        return around()
      case 'repeat':
        return around(bytes.subarray(place, end), bytes.subarray(place, end))
      case 'insert':
        return Buffer.concat([bytes.subarray(0, place), Buffer.alloc(size % 20, at % 256), bytes.subarray(place)])
      case 'cut-off':
        return bytes.subarray(0, place)
      default:
        return Buffer.from(reframed(bytes.toString('latin1'), kind, at, size), 'latin1')
    }
  }, body)
}

/** Frames are what empty lines part, or lines where there are none of those. */
function reframed(text: string, kind: Damage['kind'], at: number, size: number): string {
  const end = /\r?\n\r?\n/.test(text) ? /(?<=\n\r?\n)/ : /(?<=\n)/
  const frames = text.split(end)
  const index = at % frames.length
  if (kind === 'drop-frame') frames.splice(index, 1)
  else if (kind === 'repeat-frame') frames.splice(index, 0, frames[index]!)
  else frames[index] = withOddValue(frames[index]!, at, size)
  return frames.join('')
}

const ODD = [
  null,
  0,
  -1,
  1e308,
  '',
  'text',
  '{}',
  true,
  [],
  {},
  [null],
  [[]],
  { type: null },
  { index: 99 },
  [{ text: 5 }],
]

/** A frame in whose JSON one value is another. */
function withOddValue(frame: string, at: number, size: number): string {
  const start = frame.indexOf('{')
  const end = frame.lastIndexOf('}') + 1
  if (start < 0) return frame
  try {
    const json = JSON.parse(frame.slice(start, end))
    return frame.slice(0, start) + JSON.stringify(oddened(json, at, ODD[size % ODD.length])) + frame.slice(end)
  } catch {
    return frame
  }
}

/** The value with one of those inside it replaced. */
export function oddened(value: unknown, at: number, odd: unknown): unknown {
  const copy = structuredClone(value)
  const places: [Record<string, unknown>, string][] = []
  const visit = (inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return
    for (const key of Object.keys(inner)) {
      places.push([inner as Record<string, unknown>, key])
      visit((inner as Record<string, unknown>)[key])
    }
  }
  visit(copy)
  const place = places[at % Math.max(1, places.length)]
  if (place) place[0][place[1]] = odd
  return copy
}

/** A recording's body as bytes; event streams are no text. */
export function bodyOf({ response }: Recording): Buffer {
  const { body, body_base64: base64 } = response as { body: string; body_base64?: string }
  return base64 === undefined ? Buffer.from(body) : Buffer.from(base64, 'base64')
}

/** Folders of recordings by the format they are in. */
export const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'openai-chat': ['openai-chat', 'groq', 'mistral', 'openrouter', 'vllm', 'huggingface-tgi', 'deepseek'],
  'openai-responses': ['openai-responses'],
  'anthropic-messages': ['anthropic-messages'],
  gemini: ['gemini'],
  ollama: ['ollama'],
  'ollama-generate': ['ollama'],
  'bedrock-converse': ['bedrock-converse'],
  'cohere-chat': ['cohere'],
}

/** Recordings to damage: those of a format that are not too long. */
export function damageable(format: string, wanted: 'stream' | 'whole'): Recording[] {
  const isStream = ({ response }: Recording) => /event-?stream|ndjson/.test(response.headers['content-type'] ?? '')
  return recordings(...(FOLDERS[format] ?? []))
    .filter((recording) => isStream(recording) === (wanted === 'stream'))
    .filter((recording) => bodyOf(recording).length < 40_000)
}

/** One of these recordings; a counterexample says its name only. */
export function oneOf(list: readonly Recording[]): fc.Arbitrary<{ body: Buffer; toString(): string }> {
  const bodies = new Map(list.map((recording) => [recording.name, bodyOf(recording)]))
  return fc.constantFrom(...bodies.keys()).map((name) => ({ body: bodies.get(name)!, [fc.toStringMethod]: () => name }))
}

/** Runs something that may fail in the gateway's own way only. */
export function survives<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof GatewayError) return null
    throw error
  }
}
