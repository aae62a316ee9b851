import type { EventWriter, ReplyOptions } from '../../core/dialect.ts'
import type { Finish, PartDelta, PartStart } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import type { OpaqueState } from '../../core/request.ts'
import type { Usage } from '../../core/usage.ts'
import type { Json } from '../members.ts'
import { customArguments, flatName } from '../tool-names.ts'
import { writeCitation } from './citations.ts'
import { writeError } from './errors.ts'
import { writeStop } from './finish-reason.ts'
import { callMembers, FOREIGN_MARK, thinkingBlock } from './state.ts'
import { writeUsage } from './usage.ts'
import { messageHead, opaqueBlock, ownMembers } from './write-whole.ts'

/** A part that has begun; its block begins with the first thing that is known of it. */
interface OpenPart {
  start: PartStart
  index: number | null
  state: OpaqueState | null
  /** Of a custom tool's call: its text, which is no JSON. */
  text: string
}

/** One of Anthropic's frames. */
export function frame(data: Json): string {
  return `event: ${String(data.type)}\ndata: ${JSON.stringify(data)}\n\n`
}

/**
 * Writes events in Anthropic's order: https://platform.claude.com/docs/en/build-with-claude/streaming
 * `message_delta` waits for the usage, which comes after the finish.
 */
export function eventWriter(options: ReplyOptions): EventWriter {
  const lost = new Set<string>()
  let started = false
  let closed = false
  let blocks = 0
  let open: OpenPart | null = null
  let refused = false
  let finish: Finish | null = null
  let usage: Usage | null = null

  const start = (id: string, model: string, extra: Readonly<Json>): string => {
    if (started) return ''
    started = true
    const message = {
      ...messageHead(id, model),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      ...ownMembers(extra),
      usage: {
        input_tokens: options.promptTokens,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 0,
      },
    }
    return frame({ type: 'message_start', message }) + frame({ type: 'ping' })
  }
  const begin = (part: OpenPart, block: Json): string => {
    if (part.index !== null) return ''
    part.index = blocks
    blocks += 1
    return frame({ type: 'content_block_start', index: part.index, content_block: block })
  }
  const delta = (part: OpenPart, members: Json) =>
    frame({ type: 'content_block_delta', index: part.index, delta: members })

  const grow = (part: OpenPart, event: PartDelta): string => {
    if (event.state) part.state = event.state
    if (event.logprobs) lost.add('logprobs')
    switch (part.start.kind) {
      case 'text':
      case 'refusal':
        return growText(part, event)
      case 'reasoning':
        if (event.text === '') return ''
        return begin(part, THINKING) + delta(part, { type: 'thinking_delta', thinking: event.text })
      case 'tool-call':
        if (part.start.custom) part.text += event.text
        if (event.text === '' || part.start.custom) return begin(part, toolUse(part))
        return begin(part, toolUse(part)) + delta(part, { type: 'input_json_delta', partial_json: event.text })
      case 'opaque':
        return event.value === undefined ? '' : writeOpaque(part, event.value)
    }
  }
  const growText = (part: OpenPart, { text, citation }: PartDelta): string => {
    let out = begin(part, TEXT)
    const written = citation ? writeCitation(citation) : null
    if (citation && written === null) lost.add('citations')
    if (written) out += delta(part, { type: 'citations_delta', citation: written })
    return text === '' ? out : out + delta(part, { type: 'text_delta', text })
  }
  const writeOpaque = (part: OpenPart, value: unknown): string => {
    const block = opaqueBlock({ dialect: part.start.dialect ?? null, value }, lost)
    if (block === null) return ''
    if (block.input === undefined) return begin(part, block)
    const input = { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }
    return begin(part, { ...block, input: {} }) + delta(part, input)
  }
  const end = (part: OpenPart): string => {
    const out = finishPart(part)
    return part.index === null ? '' : out + frame({ type: 'content_block_stop', index: part.index })
  }
  const finishPart = (part: OpenPart): string => {
    switch (part.start.kind) {
      case 'reasoning': {
        const own = thinkingBlock('', part.state)
        if (own?.type === 'redacted_thinking' && part.index === null) return begin(part, own)
        if (part.index === null && !own) return ''
        const signature = own?.type === 'thinking' ? own.signature : FOREIGN_MARK
        return begin(part, THINKING) + delta(part, { type: 'signature_delta', signature })
      }
      case 'tool-call': {
        const out = begin(part, toolUse(part))
        if (!part.start.custom) return out
        return out + delta(part, { type: 'input_json_delta', partial_json: customArguments(part.text) })
      }
      case 'opaque':
        return ''
      default:
        return begin(part, TEXT)
    }
  }
  const close = (): string => {
    if (closed || finish === null) return ''
    closed = true
    const counts = usage === null ? { output_tokens: 0 } : writeUsage(usage)
    const last = { type: 'message_delta', delta: writeStop(finish, refused), usage: counts }
    return frame(last) + frame({ type: 'message_stop' })
  }
  const endOpen = (): string => {
    const out = open === null ? '' : end(open)
    open = null
    return out
  }

  return {
    lost,
    write(event) {
      if (closed) return ''
      if ('choice' in event && event.choice > 0) {
        lost.add('n')
        return ''
      }
      switch (event.type) {
        case 'reply-start':
          return start(event.id, event.model, event.extra ?? {})
        case 'part-start':
          if (event.kind === 'refusal') refused = true
          open = { start: event, index: null, state: null, text: '' }
          return start('', '', {})
        case 'part-delta':
          return open === null ? '' : grow(open, event)
        case 'part-end':
          return endOpen()
        case 'finish':
          finish = event
          return start('', '', {}) + endOpen()
        case 'usage':
          usage = event.usage
          return close()
        case 'error':
          closed = true
          return frame(writeError(event.error))
        case 'ping':
          return started ? frame({ type: 'ping' }) : ''
      }
    },
    end: close,
  }
}

const TEXT: Json = { type: 'text', text: '' }
const THINKING: Json = { type: 'thinking', thinking: '', signature: '' }

function toolUse({ start, state }: OpenPart): Json {
  const { id = newToolCallId(), name = '', namespace } = start
  return { type: 'tool_use', id, name: flatName(name, namespace), input: {}, ...callMembers(state) }
}
