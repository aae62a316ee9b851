import type { EventWriter, ReplyOptions, Written } from '../../core/dialect.ts'
import { type ChatEvent, type Finish, type PartStart, partKey } from '../../core/events.ts'
import type { Citation } from '../../core/request.ts'
import type { Usage } from '../../core/usage.ts'
import { collect } from '../collect.ts'
import { opaqueName } from '../lost.ts'
import type { Json } from '../members.ts'
import { writeError } from './errors.ts'
import { writeFinishReason } from './finish-reason.ts'
import { writeCitations } from './grounding.ts'
import { writeLogprobs } from './logprobs.ts'
import { type ReplyPart, writeReplyPart } from './reply-parts.ts'
import { writeUsage } from './usage.ts'

/** A whole reply out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>, _options: ReplyOptions): Written {
  const reply = collect(events)
  const lost = new Set<string>()
  const candidates = reply.choices.map((choice) => {
    const firstCall = choice.parts.find((part) => part?.kind === 'tool-call')
    const parts = choice.parts.flatMap((part) => {
      const written = writeReplyPart(part, reply.model, part === firstCall)
      if (written === null) lost.add(opaqueName(part.value))
      return written ?? []
    })
    const texts = choice.parts.filter((part) => part.kind === 'text')
    const finish = choice.finish === null ? {} : { finishReason: writeFinishReason(choice.finish, choice.finishRaw) }
    return {
      content: { parts, role: 'model' },
      ...finish,
      index: choice.index,
      ...writeCitations(
        choice.parts.flatMap(({ citations }) => citations),
        texts.at(-1)?.text ?? '',
      ),
      ...(choice.logprobs.length === 0 ? {} : { logprobsResult: writeLogprobs(choice.logprobs) }),
    }
  })
  return {
    body: {
      candidates,
      ...(reply.usage === null ? {} : { usageMetadata: writeUsage(reply.usage) }),
      ...headOf(reply),
    },
    lost: [...lost],
  }
}

/** What the writer remembers of a choice. */
interface Choice {
  calls: number
  /** The text of its last part, where citations apply. */
  text: string
  citations: Citation[]
  finish: Finish | null
}

/**
 * Writes events as server-sent events of Gemini's: a function call when it is whole, why the reply ended and the usage
 * in the last one.
 */
export function eventWriter(_options: ReplyOptions): EventWriter {
  const lost = new Set<string>()
  const parts = new Map<string, ReplyPart>()
  const choices = new Map<number, Choice>()
  let head: Json = {}
  let model = ''
  let usage: Usage | null = null

  const choiceOf = (index: number): Choice => {
    const choice = choices.get(index) ?? { calls: 0, text: '', citations: [], finish: null }
    choices.set(index, choice)
    return choice
  }
  const chunk = (index: number, part: Json, more: Json = {}) =>
    frame({ candidates: [{ content: { parts: [part], role: 'model' }, index, ...more }], ...head })
  /** One part, whole or as much of it as came now. */
  const partFrame = (index: number, part: ReplyPart, more: Json = {}): string => {
    const choice = choiceOf(index)
    if (part.kind === 'tool-call') choice.calls += 1
    const written = writeReplyPart(part, model, part.kind === 'tool-call' && choice.calls === 1)
    if (written === null) lost.add(opaqueName(part.value))
    return written === null ? '' : chunk(index, written, more)
  }
  const end = (): string => {
    const ended = [...choices].flatMap(([index, choice]) => (choice.finish === null ? [] : [{ index, ...choice }]))
    if (ended.length === 0) return ''
    const candidates = ended.map(({ index, finish, citations, text }) => ({
      content: { parts: [{ text: '' }], role: 'model' },
      finishReason: writeFinishReason(finish!.reason, finish!.raw),
      index,
      ...writeCitations(citations, text),
    }))
    return frame({ candidates, ...(usage === null ? {} : { usageMetadata: writeUsage(usage) }), ...head })
  }
  return {
    lost,
    write(event) {
      switch (event.type) {
        case 'reply-start':
          head = headOf(event)
          model = event.model
          return ''
        case 'part-start':
          parts.set(partKey(event), newPart(event))
          if (event.kind === 'text') choiceOf(event.choice).text = ''
          return ''
        case 'part-delta': {
          const part = parts.get(partKey(event))
          if (part === undefined) return ''
          const { text, state = null, value, citation, logprobs } = event
          if (part.kind === 'tool-call') {
            part.text += text
            part.state = state ?? part.state
            return ''
          }
          const choice = choiceOf(event.choice)
          if (citation !== undefined) choice.citations.push(citation)
          if (part.kind === 'text') choice.text += text
          const tokens = logprobs ? { logprobsResult: writeLogprobs([logprobs]) } : {}
          const empty = text === '' && state?.issuer !== 'gemini' && value === undefined && !logprobs
          return empty ? '' : partFrame(event.choice, { ...part, text, state, value }, tokens)
        }
        case 'part-end': {
          const part = parts.get(partKey(event))
          return part?.kind === 'tool-call' ? partFrame(event.choice, part) : ''
        }
        case 'finish':
          choiceOf(event.choice).finish = event
          return ''
        case 'usage':
          usage = event.usage
          return ''
        case 'error':
          return frame(writeError(event.error))
        default:
          return ''
      }
    },
    end,
  }
}

/** One server-sent event as Gemini ends them. */
export function frame(body: Json): string {
  return `data: ${JSON.stringify(body)}\r\n\r\n`
}

function headOf(reply: { id: string; model: string }): Json {
  return {
    ...(reply.model === '' ? {} : { modelVersion: reply.model }),
    ...(reply.id === '' ? {} : { responseId: reply.id }),
  }
}

function newPart({ kind, id, name, namespace, custom, dialect }: PartStart): ReplyPart {
  return {
    kind,
    text: '',
    id: id ?? null,
    name: name ?? null,
    namespace: namespace ?? null,
    custom: custom === true,
    state: null,
    dialect: dialect ?? null,
    value: undefined,
  }
}
