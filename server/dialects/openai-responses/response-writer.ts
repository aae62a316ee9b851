import type { ReplyOptions } from '../../core/dialect.ts'
import type { GatewayError } from '../../core/errors.ts'
import type { ChatEvent, Finish, PartDelta, PartStart, ReplyStart } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import type { Usage } from '../../core/usage.ts'
import { Lost } from '../lost.ts'
import { isObject, type Json } from '../members.ts'
import { nameOf } from '../openai-chat/opaque.ts'
import { flatName } from '../tool-names.ts'
import { writeFinish } from './finish-reason.ts'
import { FOREIGN_MARK } from './item-kinds.ts'
import { callWriter, type ItemContext, type ItemWriter, messageWriter, opaqueWriter } from './item-writer.ts'
import { itemOf, reasoningOf } from './own-state.ts'
import { reasoningWriter } from './reasoning-writer.ts'
import { requestedTools } from './requested-tools.ts'
import { responseObject, tailOf } from './response-object.ts'
import { writeUsage } from './usage.ts'

/** Writes a reply as response events, and keeps the response that they add up to. */
export interface ResponseWriter {
  write(event: ChatEvent): void
  /** Sends the last event and returns the whole response. */
  end(): Json
  readonly lost: Lost
}

/** `emit` takes each event as it comes, without its number. */
export function responseWriter(options: ReplyOptions, emit: (type: string, event: Json) => void): ResponseWriter {
  const { request } = options
  const lost = new Lost()
  const tools = requestedTools(request)
  const output: Json[] = []
  let start: ReplyStart = { type: 'reply-start', id: newToolCallId(), model: '', created: now() }
  let finish: Finish | null = null
  let usage: Usage | null = null
  /** A part whose state, which may have its item's id, is not known yet. */
  let pending: PartStart | null = null
  let open: ItemWriter | null = null

  const response = (status: string, more: Json = {}) =>
    responseObject(start, request, { status, output: [...output], ...more })
  const makeId = (prefix: string) => `${prefix}${tailOf(start.id)}_${output.length}`

  const close = (status: 'completed' | 'incomplete') => {
    if (!open) return
    const item = open.close(status)
    emit('response.output_item.done', { output_index: output.length, item })
    output.push(item)
    open = null
  }
  /** The item that a part belongs to, begun where it has to be; `null` when it has no place. */
  const itemFor = (part: PartStart, first: PartDelta | null): ItemWriter | null => {
    const state = first?.state
    const members = itemOf(state)
    const own = reasoningOf(state)
    if (open?.takes.includes(part.kind) && members === null) return open
    close('completed')
    const context: ItemContext = { emit, outputIndex: output.length, lost }
    switch (part.kind) {
      case 'text':
      case 'refusal':
        return messageWriter(context, idOf(members) ?? makeId('msg_'), members ?? {})
      case 'reasoning':
        return reasoningWriter(context, idOf(own) ?? makeId(own === null ? FOREIGN_MARK : 'rs_'))
      case 'tool-call': {
        const flat = flatName(part.name ?? '', part.namespace)
        const known = tools.get(flat)
        const custom = known?.custom === true || part.custom === true
        const tool = known ?? { name: part.name ?? '', namespace: part.namespace ?? null, custom }
        const id = idOf(members) ?? makeId(custom ? 'ctc_' : 'fc_')
        return callWriter(context, id, part, { ...tool, custom }, members ?? {})
      }
      case 'opaque': {
        const item = part.dialect === 'openai-responses' && isObject(first?.value) ? first.value : null
        if (item === null) lost.add(nameOf(first?.value))
        return item === null ? null : opaqueWriter(context, { id: makeId('item_'), ...item })
      }
    }
  }
  const beginPart = (first: PartDelta | null) => {
    if (!pending) return
    open = itemFor(pending, first)
    open?.begin(pending)
    pending = null
  }

  const fail = (error: GatewayError) => {
    const code = error.status === 429 ? 'rate_limit_exceeded' : 'server_error'
    const { advice: message, param } = error
    // OpenAI's clients throw at the first of these, Codex at the second.
    emit('error', { code, message, param })
    emit('response.failed', { response: response('failed', { error: { code, message } }) })
  }

  return {
    lost,
    write(event) {
      if ('choice' in event && event.choice > 0) {
        lost.add('n')
        return
      }
      switch (event.type) {
        case 'reply-start':
          start = { ...event, id: event.id || start.id, created: event.created || start.created }
          emit('response.created', { response: response('in_progress') })
          emit('response.in_progress', { response: response('in_progress') })
          return
        case 'part-start':
          pending = event
          return
        case 'part-delta':
          beginPart(event)
          open?.delta(event)
          return
        case 'part-end':
          beginPart(null)
          open?.endPart()
          if (open && open.takes.length === 0) close('completed')
          return
        case 'finish':
          finish = event
          close(writeFinish(event.reason, event.raw).status === 'incomplete' ? 'incomplete' : 'completed')
          return
        case 'usage':
          usage = event.usage
          return
        case 'error':
          fail(event.error)
      }
    },
    end() {
      close('completed')
      const { status, incomplete_details } = writeFinish(finish?.reason ?? 'stop', finish?.raw ?? null)
      const whole = response(String(status), {
        incomplete_details,
        usage: usage && writeUsage(usage),
        completed_at: status === 'completed' ? now() : null,
      })
      emit(`response.${status}`, { response: whole })
      return whole
    },
  }
}

function idOf(members: Json | null): string | null {
  return typeof members?.id === 'string' && members.id !== '' ? members.id : null
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
