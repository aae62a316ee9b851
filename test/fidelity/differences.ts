import { isDeepStrictEqual } from 'node:util'
import type { Outcome } from './matrix.ts'
import type { Meaning } from './meaning.ts'

/** What of a call came other than it should have, for people. */
export function describe({ sdk, upstream, recording, stream, size, expected, got }: Outcome): string {
  const call = `${recording.name} from ${upstream.label} to ${sdk.label}, ${stream ? 'streamed' : 'whole'}, ${size} bytes a piece`
  const aspects = Object.keys(expected) as (keyof Meaning)[]
  const differing = aspects.filter((aspect) => !isDeepStrictEqual(expected[aspect], got[aspect]))
  const lines = differing.map((aspect) => `  ${aspect}: ${short(got[aspect])} instead of ${short(expected[aspect])}`)
  return [call, ...lines].join('\n')
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 200)}…${text.slice(-80)}` : text
}
