import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { parseObject, stringOf } from '../loose-json.ts'
import { type Json, objectOf, objectsOf } from '../members.ts'
import type { DeltaContent, PartOpening, PartTracker } from '../part-tracker.ts'
import { plainName } from '../safe-names.ts'
import { readCitation } from './citations.ts'
import { callState, ID, redactedState, signatureState } from './state.ts'

/** Reads the content blocks of one reply, each as one part; a whole reply's blocks begin and end at once. */
export interface BlockReader {
  start(block: Json, events: ChatEvent[]): void
  delta(delta: Json, events: ChatEvent[]): void
  stop(events: ChatEvent[]): void
  /** A tool was called that the client is to run. */
  readonly calledTools: boolean
}

interface OpenBlock {
  block: Json
  opening: PartOpening
  /** JSON of the tool's input so far. */
  input: string
}

export function blockReader(tracker: PartTracker): BlockReader {
  let open: OpenBlock | null = null
  let count = 0
  let calledTools = false

  const emit = (content: DeltaContent, events: ChatEvent[]) => {
    if (open) tracker.delta(events, open.opening, content)
  }
  const stop = (events: ChatEvent[]) => {
    if (!open) return
    const { block, opening, input } = open
    if (opening.kind === 'tool-call' && input === '') emit({ text: JSON.stringify(block.input ?? {}) }, events)
    if (opening.kind === 'opaque') emit({ text: '', value: withInput(block, input) }, events)
    tracker.close(events)
    open = null
  }
  return {
    get calledTools() {
      return calledTools
    },
    start(block, events) {
      stop(events)
      const { kind, ...naming } = openingOf(block)
      open = { block, opening: { kind, ...naming, key: `block ${count}` }, input: '' }
      count += 1
      if (kind === 'tool-call') calledTools = true
      emit(firstContent(block), events)
      for (const citation of kind === 'text' ? objectsOf(block.citations) : [])
        emit({ text: '', citation: readCitation(citation) }, events)
    },
    delta(delta, events) {
      if (!open) return
      const { kind } = open.opening
      if (kind === 'opaque') open = { ...open, ...grown(open, delta) }
      else if (delta.type === 'input_json_delta') {
        const text = stringOf(delta.partial_json)
        open.input += text
        emit({ text }, events)
      } else emit(contentOf(delta), events)
    },
    stop,
  }
}

function openingOf(block: Json): PartOpening {
  switch (block.type) {
    case 'text':
      return { kind: 'text' }
    case 'thinking':
    case 'redacted_thinking':
      return { kind: 'reasoning' }
    case 'tool_use':
      return { kind: 'tool-call', id: stringOf(block.id) || newToolCallId(), name: plainName(stringOf(block.name)) }
    default:
      return { kind: 'opaque', dialect: ID }
  }
}

/** What a block holds as it begins: all of it in a whole reply, mostly nothing in a stream. */
function firstContent(block: Json): DeltaContent {
  switch (block.type) {
    case 'text':
      return { text: stringOf(block.text) }
    case 'thinking':
      return { text: stringOf(block.thinking), ...signatureState(block.signature) }
    case 'redacted_thinking':
      return { text: '', ...redactedState(block.data) }
    case 'tool_use':
      return { text: '', ...callState(block) }
    default:
      return { text: '' }
  }
}

function contentOf(delta: Json): DeltaContent {
  switch (delta.type) {
    case 'text_delta':
      return { text: stringOf(delta.text) }
    case 'thinking_delta':
      return { text: stringOf(delta.thinking) }
    case 'signature_delta':
      return { text: '', ...signatureState(delta.signature) }
    case 'citations_delta':
      return { text: '', citation: readCitation(objectOf(delta.citation)) }
    default:
      return { text: '' }
  }
}

/** A block that is carried as it is, with one more delta: its texts grow, its other members are set. */
function grown({ block, input }: OpenBlock, { type, ...members }: Json): Pick<OpenBlock, 'block' | 'input'> {
  if (type === 'input_json_delta') return { block, input: input + stringOf(members.partial_json) }
  const merged = { ...block }
  for (const [name, value] of Object.entries(members)) {
    const before = merged[name]
    merged[name] = typeof before === 'string' && typeof value === 'string' ? before + value : value
  }
  return { block: merged, input }
}

function withInput(block: Json, input: string): Json {
  return input === '' ? block : { ...block, input: parseObject(input) ?? input }
}
