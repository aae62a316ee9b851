import type { PartDelta, PartStart } from '../../core/events.ts'
import type { Lost } from '../lost.ts'
import { isObject, type Json } from '../members.ts'
import { customText } from '../tool-names.ts'
import { writeCitation } from './citations.ts'
import type { RequestedTool } from './requested-tools.ts'

/** What every item is written with. */
export interface ItemContext {
  /** Sends an event; `type` and the rest of it, without its number. */
  emit(type: string, event: Json): void
  outputIndex: number
  lost: Lost
}

/** An item of the output as it grows. */
export interface ItemWriter {
  /** Takes further parts of this kind. */
  readonly takes: readonly PartStart['kind'][]
  begin(start: PartStart): void
  delta(event: PartDelta): void
  endPart(): void
  /** The whole item. */
  close(status: 'completed' | 'incomplete'): Json
}

/** A message: texts and refusals, each a part of its content. */
export function messageWriter({ emit, outputIndex, lost }: ItemContext, id: string, members: Json): ItemWriter {
  const content: Json[] = []
  const item = (status: string, parts: readonly Json[]) => ({
    id,
    type: 'message',
    status,
    role: 'assistant',
    ...members,
    content: parts,
  })
  const place = () => ({ item_id: id, output_index: outputIndex, content_index: content.length - 1 })
  const logprobs: unknown[] = []
  emit('response.output_item.added', { output_index: outputIndex, item: item('in_progress', []) })
  return {
    takes: ['text', 'refusal'],
    begin({ kind }) {
      logprobs.length = 0
      content.push(kind === 'refusal' ? { type: 'refusal', refusal: '' } : outputText('', [], []))
      emit('response.content_part.added', { ...place(), part: { ...content.at(-1) } })
    },
    delta({ text, citation, logprobs: given }) {
      const part = content.at(-1)!
      if (part.type === 'refusal') {
        if (text === '') return
        part.refusal = `${part.refusal}${text}`
        emit('response.refusal.delta', { ...place(), delta: text })
        return
      }
      const list = isObject(given) && Array.isArray(given.content) ? given.content : []
      logprobs.push(...list)
      if (text !== '' || list.length > 0) {
        part.text = `${part.text}${text}`
        emit('response.output_text.delta', { ...place(), delta: text, logprobs: list })
      }
      if (!citation) return
      const annotations = part.annotations as Json[]
      const annotation = writeCitation(citation, String(part.text).length)
      if (annotation === null) {
        lost.add('citations')
        return
      }
      annotations.push(annotation)
      emit('response.output_text.annotation.added', {
        ...place(),
        annotation_index: annotations.length - 1,
        annotation,
      })
    },
    endPart() {
      const part = content.at(-1)!
      if (part.type === 'refusal') emit('response.refusal.done', { ...place(), refusal: part.refusal })
      else {
        part.logprobs = [...logprobs]
        emit('response.output_text.done', { ...place(), text: part.text, logprobs: part.logprobs })
      }
      emit('response.content_part.done', { ...place(), part: { ...part } })
    },
    close: (status) => item(status, content),
  }
}

function outputText(text: string, annotations: Json[], logprobs: unknown[]): Json {
  return { type: 'output_text', annotations, logprobs, text }
}

/** A call of a function, or of a custom tool, whose upstream may have known it as a function. */
export function callWriter(
  { emit, outputIndex }: ItemContext,
  id: string,
  start: PartStart,
  tool: RequestedTool,
  members: Json,
): ItemWriter {
  const place = { item_id: id, output_index: outputIndex }
  const kind = tool.custom ? 'custom_tool_call' : 'function_call'
  const member = tool.custom ? 'input' : 'arguments'
  const events = tool.custom ? 'response.custom_tool_call_input' : 'response.function_call_arguments'
  const isHeld = tool.custom && start.custom !== true
  let text = ''
  const item = (status: string, value: string) => ({
    id,
    type: kind,
    status,
    ...members,
    call_id: start.id ?? '',
    name: tool.name,
    ...(tool.namespace === null ? {} : { namespace: tool.namespace }),
    [member]: value,
  })
  const say = (delta: string) => emit(`${events}.delta`, { ...place, delta })
  emit('response.output_item.added', { output_index: outputIndex, item: item('in_progress', '') })
  return {
    takes: [],
    begin() {},
    delta({ text: piece }) {
      text += piece
      if (piece !== '' && !isHeld) say(piece)
    },
    endPart() {
      if (isHeld) {
        text = customText(text)
        say(text)
      }
      emit(`${events}.done`, { ...place, [member]: text })
    },
    close: (status) => item(status, text),
  }
}

/** What only this dialect understands: calls of tools that the provider runs, as they came. */
export function opaqueWriter({ emit, outputIndex }: ItemContext, item: Json): ItemWriter {
  emit('response.output_item.added', { output_index: outputIndex, item })
  return { takes: [], begin() {}, delta() {}, endPart() {}, close: () => item }
}
