import type { ChatDialectId } from '../core/dialect-id.ts'
import type { ChatEvent, FinishReason, PartKind } from '../core/events.ts'
import type { Citation, OpaqueState } from '../core/request.ts'
import type { Usage } from '../core/usage.ts'

export interface CollectedPart {
  kind: PartKind
  id: string | null
  name: string | null
  namespace: string | null
  custom: boolean
  text: string
  citations: Citation[]
  state: OpaqueState | null
  /** Of `opaque` parts. */
  dialect: ChatDialectId | null
  value: unknown
}

export interface CollectedChoice {
  index: number
  parts: CollectedPart[]
  logprobs: unknown[]
  finish: FinishReason | null
  finishRaw: string | null
  stop: string | null
}

export interface CollectedReply {
  id: string
  model: string
  created: number
  extra: Record<string, unknown>
  choices: CollectedChoice[]
  usage: Usage | null
}

/** A whole reply out of its events, choices in order of their index. Throws the error of an `error` event. */
export function collect(events: Iterable<ChatEvent>): CollectedReply {
  const reply: CollectedReply = { id: '', model: '', created: 0, extra: {}, choices: [], usage: null }
  for (const event of events) {
    switch (event.type) {
      case 'reply-start':
        Object.assign(reply, { id: event.id, model: event.model, created: event.created, extra: event.extra ?? {} })
        break
      case 'part-start':
        choiceOf(reply, event.choice).parts[event.part] = {
          kind: event.kind,
          id: event.id ?? null,
          name: event.name ?? null,
          namespace: event.namespace ?? null,
          custom: event.custom === true,
          text: '',
          citations: [],
          state: null,
          dialect: event.dialect ?? null,
          value: undefined,
        }
        break
      case 'part-delta': {
        const choice = choiceOf(reply, event.choice)
        const part = choice.parts[event.part]
        if (!part) break
        part.text += event.text
        if (event.value !== undefined) part.value = event.value
        if (event.citation) part.citations.push(event.citation)
        if (event.state) part.state = event.state
        if (event.logprobs) choice.logprobs.push(event.logprobs)
        break
      }
      case 'finish':
        Object.assign(choiceOf(reply, event.choice), {
          finish: event.reason,
          finishRaw: event.raw,
          stop: event.stop ?? null,
        })
        break
      case 'usage':
        reply.usage = event.usage
        break
      case 'error':
        throw event.error
    }
  }
  reply.choices.sort((left, right) => left.index - right.index)
  return reply
}

/** The parts' texts of one kind, joined; `null` when there is no such part. */
export function textOf(choice: CollectedChoice, kind: PartKind): string | null {
  const parts = choice.parts.filter((part) => part?.kind === kind)
  return parts.length === 0 ? null : parts.map((part) => part.text).join('')
}

function choiceOf(reply: CollectedReply, index: number): CollectedChoice {
  let choice = reply.choices.find((candidate) => candidate.index === index)
  if (!choice) {
    choice = { index, parts: [], logprobs: [], finish: null, finishRaw: null, stop: null }
    reply.choices.push(choice)
  }
  return choice
}
