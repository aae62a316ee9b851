import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import type { Citation, OpaqueState } from '../../core/request.ts'
import { defined, parseObject, stringOf } from '../loose-json.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import type { DeltaContent, PartOpening, PartTracker } from '../part-tracker.ts'
import { plainName } from '../safe-names.ts'

export const ID = 'bedrock-converse'

/** Reads the content blocks of one reply. A text's or thought's block begins with its first delta. */
export interface BlockReader {
  start(index: number, start: Json, events: ChatEvent[]): void
  delta(index: number, delta: Json, events: ChatEvent[]): void
  stop(events: ChatEvent[]): void
  /** A tool was called that the client is to run. */
  readonly calledTools: boolean
}

interface OpenBlock {
  index: number
  opening: PartOpening
  /** JSON of a tool's input so far. */
  input: string
  /** Signatures come in pieces. */
  signature: string
  /** A block that is carried as it is. */
  value: Json
}

export function blockReader(tracker: PartTracker): BlockReader {
  let open: OpenBlock | null = null
  let calledTools = false

  const stop = (events: ChatEvent[]) => {
    if (!open) return
    if (open.opening.kind === 'tool-call' && open.input === '') tracker.delta(events, open.opening, { text: '{}' })
    if (open.opening.kind === 'opaque')
      tracker.delta(events, open.opening, { text: '', value: withInput(open.value, open.input) })
    tracker.close(events)
    open = null
  }
  const begin = (index: number, opening: PartOpening, value: Json, events: ChatEvent[]): OpenBlock => {
    stop(events)
    if (opening.kind === 'tool-call') calledTools = true
    const begun = { index, opening: { ...opening, key: `block ${index}` }, input: '', signature: '', value }
    tracker.delta(events, begun.opening, { text: '' })
    return begun
  }
  return {
    get calledTools() {
      return calledTools
    },
    start(index, start, events) {
      open = begin(index, startOpening(start), start, events)
    },
    delta(index, delta, events) {
      if (open?.index !== index) {
        const opening = deltaOpening(delta)
        if (opening === null) return
        open = begin(index, opening, {}, events)
      }
      if (open.opening.kind === 'opaque') Object.assign(open, grown(open, delta))
      else tracker.delta(events, open.opening, contentOf(open, delta))
    },
    stop,
  }
}

function startOpening(start: Json): PartOpening {
  const call = start.toolUse
  if (!isCall(call)) return { kind: 'opaque', dialect: ID }
  return { kind: 'tool-call', id: stringOf(call.toolUseId) || newToolCallId(), name: plainName(stringOf(call.name)) }
}

/** A tool that the client is to run; others Bedrock runs itself. Some models repeat the kind as `tool_use`. */
export function isCall(toolUse: unknown): toolUse is Json {
  return isObject(toolUse) && toolUse.type !== 'server_tool_use'
}

function deltaOpening(delta: Json): PartOpening | null {
  if (typeof delta.text === 'string' || isObject(delta.citation)) return { kind: 'text' }
  if (isObject(delta.reasoningContent)) return { kind: 'reasoning' }
  return isObject(delta.toolUse) ? { kind: 'tool-call', id: newToolCallId(), name: '' } : null
}

function contentOf(open: OpenBlock, delta: Json): DeltaContent {
  if (isObject(delta.citation)) return { text: '', citation: readCitation(delta.citation) }
  if (isObject(delta.toolUse)) {
    const text = stringOf(delta.toolUse.input)
    open.input += text
    return { text }
  }
  const { text, signature, redactedContent } = objectOf(delta.reasoningContent)
  if (typeof redactedContent === 'string') return { text: '', state: stateOf({ redacted: redactedContent }) }
  if (typeof signature === 'string') {
    open.signature += signature
    return { text: '', ...(open.signature === '' ? {} : { state: stateOf({ signature: open.signature }) }) }
  }
  return { text: stringOf(delta.text) || stringOf(text) }
}

export function stateOf(value: Json): OpaqueState {
  return { issuer: ID, value }
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html */
export function readCitation(json: Json): Citation {
  const url = stringOf(objectOf(objectOf(json.location).web).url) || undefined
  const quote = objectsOf(json.sourceContent).map(({ text }) => stringOf(text))
  return {
    ...defined({ url, title: stringOf(json.title) || undefined, quote: quote.join('') || undefined }),
    source: { dialect: ID, value: json },
  }
}

/** A block that is carried as it is, with one more delta: lists grow, other members are set. */
function grown({ value, input }: OpenBlock, delta: Json): Pick<OpenBlock, 'value' | 'input'> {
  if (isObject(delta.toolUse)) return { value, input: input + stringOf(delta.toolUse.input) }
  const merged = { ...value }
  for (const [name, more] of Object.entries(delta)) {
    const before = objectOf(merged[name])
    if (Array.isArray(more)) merged[name] = { ...before, content: [...objectsOf(before.content), ...more] }
    else if (isObject(more)) merged[name] = { ...before, ...more }
  }
  return { value: merged, input }
}

function withInput(value: Json, input: string): Json {
  if (input === '') return value
  return { ...value, toolUse: { ...objectOf(value.toolUse), input: parseObject(input) ?? input } }
}
