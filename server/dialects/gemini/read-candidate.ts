import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import type { PartTracker } from '../part-tracker.ts'
import { readFinishReason } from './finish-reason.ts'
import { readCitations } from './grounding.ts'
import { readLogprobs } from './logprobs.ts'
import { camelMembers } from './names.ts'
import { readSignature } from './signatures.ts'

/** What is known of one candidate while its chunks are read. */
export interface CandidateState {
  index: number
  tracker: PartTracker
  /** Numbers the parts that never go on in a later one. */
  whole: number
  /** The text of the part that citations apply to. */
  text: string
  /** The open part has its signature: further text begins another. */
  signed: boolean
  calledTools: boolean
  /** Citations so far, so that one which is repeated in a later chunk is told once. */
  cited: Set<string>
  finished: boolean
}

/**
 * A candidate of a chunk or of a whole reply as events. Texts that follow each other are one part, up to one that is
 * signed: the signature belongs to what it ends, and may come in a part of its own without text.
 */
export function readCandidate(candidate: Json, state: CandidateState, events: ChatEvent[]): void {
  // A reason says that nothing follows; a chunk that came twice must not speak behind the end.
  if (state.finished) return
  const { tracker } = state
  let logprobs = readLogprobs(candidate.logprobsResult)
  for (const part of objectsOf(objectOf(candidate.content).parts)) {
    const isText = readPart(camelMembers(part), logprobs, state, events)
    if (isText) logprobs = undefined
  }
  for (const citation of readCitations(candidate, state.text)) {
    const { source: _, ...place } = citation
    const key = JSON.stringify(place)
    if (state.cited.has(key)) continue
    state.cited.add(key)
    tracker.delta(events, { kind: 'text' }, { text: '', citation })
  }
  if (typeof candidate.finishReason === 'string') finish(candidate.finishReason, state, events)
}

/** Ends a candidate; one of a whole reply may not say why it ended. */
export function finish(word: string | null, state: CandidateState, events: ChatEvent[]): void {
  if (state.finished) return
  state.tracker.close(events)
  state.finished = true
  const reason = readFinishReason(word ?? 'STOP', state.calledTools)
  events.push({ type: 'finish', choice: state.index, reason, raw: word })
}

/** Adds one part; true when it is text that is shown. */
function readPart(part: Json, logprobs: Json | undefined, state: CandidateState, events: ChatEvent[]): boolean {
  const { tracker } = state
  const { text, thought, thoughtSignature, functionCall, ...rest } = part
  const signature = readSignature(thoughtSignature)
  if (isObject(functionCall) && isWhole(functionCall)) {
    const { id, name, args } = functionCall
    state.calledTools = true
    const opening = {
      kind: 'tool-call',
      key: nextKey(state),
      id: String(id || newToolCallId()),
      name: String(name),
    } as const
    tracker.delta(events, opening, { text: JSON.stringify(args ?? {}), ...signature })
    return false
  }
  if (typeof text !== 'string' && (functionCall !== undefined || Object.keys(rest).length > 0)) {
    tracker.delta(events, { kind: 'opaque', key: nextKey(state), dialect: 'gemini' }, { text: '', value: part })
    return false
  }
  const shown = typeof text === 'string' ? text : ''
  if (shown === '' && signature.state === undefined) return false
  const kind = thought === true ? 'reasoning' : 'text'
  if (state.signed && shown !== '') tracker.close(events)
  if (tracker.openKey !== kind) state.signed = false
  if (kind === 'text') state.text = tracker.openKey === kind ? state.text + shown : shown
  state.signed ||= signature.state !== undefined
  const tokens = kind === 'text' && logprobs !== undefined ? { logprobs } : {}
  tracker.delta(events, { kind }, { text: shown, ...tokens, ...signature })
  return kind === 'text'
}

/** Vertex may send arguments in pieces, which only its own clients put together. */
function isWhole(call: Json): boolean {
  return typeof call.name === 'string' && call.partialArgs === undefined && call.willContinue === undefined
}

function nextKey(state: CandidateState): string {
  state.whole += 1
  return `whole ${state.whole}`
}
