import type { MessageView } from '../../core/evaluation.ts'
import { parseJson } from '../../core/json-schema.ts'
import { FINE, LONGEST_TEXT, type Part } from './part.ts'

export type Outcome = 'done' | 'empty' | 'failed'

/** A tool call of the session; `null`: without a result. */
export interface Called {
  name: string
  arguments: string
  outcome: Outcome | null
  /** Of the result. */
  text: string
}

const NEGATIVE = /^(?:error|failed|failure|fail|exception|denied|rejected|invalid|unavailable|timeout)$/i
const NOTHING =
  /^(?:\[\s*\]|\{\s*\}|null|none|no (?:results?|matches|entries|data)\b.{0,40}|0 (?:results?|rows|matches)\b.{0,40})?$/i
const STARTS_BADLY =
  /^\W{0,5}(?:[\w.]{0,60}(?:error|exception)\b|fatal\b|traceback\b|failed\b|failure\b|unauthori[sz]ed\b|forbidden\b|timed? ?out\b|[45]\d\d\b)/i
const SAYS_BADLY =
  /\b(?:exit (?:code|status):? [1-9]\d{0,2}|permission denied|command not found|no such file|access denied|connection refused|internal server error|(?:service|temporarily) unavailable|not (?:found|available|supported|allowed|possible|permitted)|timed out|cannot|can['’]t|could not|couldn['’]t|unable to|offline|out of (?:stock|memory|range)|already (?:shipped|exists|closed)|missing)\b/i
const COUNTS_FAULTS = /\b[1-9]\d{0,5} (?:failed|failing|failures|errors?)\b/i
/** What they bring is somebody's text, which may well tell of errors. */
const READS = /(?:read|log|cat|open|view|show|print|fetch|page|file|doc|search|query)/i
/** Longer results say things of their own: only short ones are messages of failure. */
const SHORT = 400

/** Whether a tool did what it was called for, by its name and its result: no format is common to them. */
export function outcomeOf(name: string, text: string, isError: boolean): Outcome {
  if (isError) return 'failed'
  const trimmed = text.slice(0, LONGEST_TEXT).trim()
  if (NOTHING.test(trimmed)) return 'empty'
  const parsed = text.length <= LONGEST_TEXT ? parseJson(trimmed) : null
  if (parsed !== null && typeof parsed.value === 'object' && parsed.value !== null)
    return isFailure(parsed.value as Record<string, unknown>) ? 'failed' : 'done'
  const isBad = trimmed.length <= SHORT && SAYS_BADLY.test(trimmed)
  if (READS.test(name)) return isBad ? 'failed' : 'done'
  return isBad || STARTS_BADLY.test(trimmed) || COUNTS_FAULTS.test(trimmed.slice(0, SHORT)) ? 'failed' : 'done'
}

function isFailure(value: Record<string, unknown>): boolean {
  const { error, errors, status, state, ok, success, isError } = value
  if (ok === false || success === false || isError === true) return true
  if (error !== undefined && error !== null && error !== false && error !== '') return true
  if (Array.isArray(errors) && errors.length > 0) return true
  if (typeof status === 'number') return status >= 400 && status < 600
  if ([status, state].some((each) => typeof each === 'string' && NEGATIVE.test(each))) return true
  const texts = Object.values(value).filter((each) => typeof each === 'string')
  return texts.some((each) => each.length <= SHORT && SAYS_BADLY.test(each))
}

/** Every call with what came of it: results follow calls of the same tool in order. */
export function callsOf(messages: readonly MessageView[]): Called[] {
  const calls: Called[] = []
  for (const { toolCalls, toolResults } of messages) {
    for (const { name, text, isError } of toolResults) {
      const call =
        calls.find((each) => each.outcome === null && each.name === name) ?? calls.find((each) => each.outcome === null)
      if (call) Object.assign(call, { outcome: outcomeOf(call.name, text, isError), text: text.slice(0, LONGEST_TEXT) })
    }
    for (const call of toolCalls) calls.push({ ...call, outcome: null, text: '' })
  }
  return calls
}

const WORTH: Readonly<Record<Outcome, number>> = { done: 1, empty: 0.5, failed: 0 }
/** A tool that failed at first, and did it in the end. */
const MENDED = 0.95

/** What each tool came to in the end; a failure that was mended by a later call of the same tool hardly counts. */
export function toolPart(calls: readonly Called[]): Part {
  const last = new Map<string, Called>()
  const hasFailed = new Set<string>()
  for (const call of calls) {
    if (call.outcome === 'failed') hasFailed.add(call.name)
    if (call.outcome !== null) last.set(call.name, call)
  }
  if (last.size === 0) return FINE
  const worths = [...last.values()].map(({ name, outcome }) => {
    const worth = WORTH[outcome!]
    return worth === 1 && hasFailed.has(name) ? MENDED : worth
  })
  // What came last of all weighs as much as the others together.
  const mean = worths.reduce((sum, worth) => sum + worth, 0) / worths.length
  const final = WORTH[calls.findLast(({ outcome }) => outcome !== null)!.outcome!]
  return { score: (mean + final) / 2, fault: 'a tool failed, and no later call made up for it' }
}

const PER_REPEAT = 0.3

/** Calls that were made before with the same arguments, and came to the same. */
export function loopPart(calls: readonly Called[]): Part {
  const seen = new Set<string>()
  let repeats = 0
  for (const { name, arguments: given, text } of calls) {
    const key = JSON.stringify([name, given.trim(), text])
    if (seen.has(key)) repeats++
    seen.add(key)
  }
  return { score: Math.max(0, 1 - PER_REPEAT * repeats), fault: 'the same tool call is made again and again' }
}
