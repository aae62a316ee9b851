import { isDeepStrictEqual } from 'node:util'
import type { ReplyView, ToolCallView } from '../core/evaluation.ts'
import type { Change } from '../core/experiment.ts'
import { parseJson, unfenced } from '../core/json-schema.ts'

/** Characters of a text that are compared; the rest of longer ones is not looked at. */
const LONGEST = 20_000
/** What only says how a text looks. */
const MARKUP = /[*_`#>~|]|^[ \t]*(?:[-+•]|\d{1,3}[.)])[ \t]+/gm
const WORD = /[\p{L}\p{N}]+/gu

/** How much two replies to the same request differ. `null`: there is none. */
export function changeOf(baseline: ReplyView | null, candidate: ReplyView | null): Change {
  if (baseline === null || candidate === null) return { kind: 'failure', amount: 1 }
  if (isDeepStrictEqual(contentOf(baseline), contentOf(candidate))) return { kind: 'identical', amount: 0 }
  const one = meaningOf(baseline)
  const other = meaningOf(candidate)
  if (isDeepStrictEqual(one, other)) return { kind: 'format-only', amount: 0 }
  return { kind: 'substantive', amount: amountOf(one, other) }
}

function contentOf({ text, refusal, toolCalls }: ReplyView): unknown {
  return { text, refusal, toolCalls }
}

interface Meaning {
  /** JSON as its value, else words in small letters. */
  text: unknown
  calls: readonly unknown[]
}

function meaningOf({ text, refusal, toolCalls }: ReplyView): Meaning {
  const whole = (text || refusal).slice(0, LONGEST).trim()
  const json = parseJson(unfenced(whole) ?? whole)
  const isData = json !== null && typeof json.value === 'object' && json.value !== null
  return { text: isData ? { json: json.value } : wordsOf(whole), calls: toolCalls.map(callOf) }
}

function callOf({ name, arguments: text }: ToolCallView): unknown {
  return [name, parseJson(text)?.value ?? text]
}

function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().replace(MARKUP, ' ').match(WORD) ?? []
}

/**
 * One less the share that two replies have in common (Dice 1945): of pairs of neighbouring words, or of the leaves of
 * JSON and of tool calls.
 */
function amountOf(one: Meaning, other: Meaning): number {
  const first = featuresOf(one)
  const second = featuresOf(other)
  const total = sizeOf(first) + sizeOf(second)
  if (total === 0) return 0
  let common = 0
  for (const [feature, count] of first) common += Math.min(count, second.get(feature) ?? 0)
  return 1 - (2 * common) / total
}

function featuresOf({ text, calls }: Meaning): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1)
  if (Array.isArray(text)) for (const [index, word] of text.entries()) add(`${text[index - 1] ?? ''} ${word}`)
  else leaves(text, '', add)
  for (const call of calls) leaves(call, 'call', add)
  return counts
}

function leaves(value: unknown, path: string, add: (leaf: string) => void): void {
  if (typeof value !== 'object' || value === null) add(`${path}=${JSON.stringify(value)}`)
  else for (const [key, item] of Object.entries(value)) leaves(item, `${path}.${key}`, add)
}

function sizeOf(counts: ReadonlyMap<string, number>): number {
  let size = 0
  for (const count of counts.values()) size += count
  return size
}
