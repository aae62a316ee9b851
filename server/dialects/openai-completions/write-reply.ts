import type { EventWriter, ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent, PartKind } from '../../core/events.ts'
import type { Usage } from '../../core/usage.ts'
import { collect } from '../collect.ts'
import { Lost } from '../lost.ts'
import type { Json } from '../members.ts'
import { writeError } from '../openai-chat/errors.ts'
import { writeUsage } from '../openai-chat/usage.ts'
import { replyHead } from '../openai-chat/write-reply.ts'
import { writeFinishReason } from './finish-reason.ts'
import { writeLogprobs } from './logprobs.ts'
import { readPrompt } from './read-request.ts'

const OBJECT = 'text_completion'

/** A unary reply out of events: its texts, and the prompt before them where it was asked for. */
export function writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written {
  const reply = collect(events)
  const lost = new Lost()
  const echo = echoOf(options)
  const body = {
    ...replyHead(reply, OBJECT),
    choices: reply.choices.map((choice) => {
      const shown = choice.parts.filter((part) => part && isShown(part.kind, lost))
      if (shown.some(({ citations }) => citations.length > 0)) lost.add('citations')
      return {
        text: echo + shown.map(({ text }) => text).join(''),
        index: choice.index,
        logprobs: writeLogprobs(choice.logprobs, echo.length),
        finish_reason: choice.finish === null ? null : writeFinishReason(choice.finish),
      }
    }),
    ...(reply.usage ? { usage: writeUsage(reply.usage) } : {}),
  }
  return { body, lost: lost.list() }
}

/** Writes events as `text_completion` chunks. */
export function eventWriter(options: ReplyOptions): EventWriter {
  const lost = new Lost()
  const echo = echoOf(options)
  /** Characters of each choice so far. */
  const lengths = new Map<number, number>()
  const kinds = new Map<number, PartKind>()
  let head: Json = {}
  let usage: Usage | null = null

  const frame = (body: Json) => `data: ${JSON.stringify({ ...head, ...body })}\n\n`
  const chunk = (index: number, text: string, logprobs: Json | null, reason: string | null) =>
    frame({ choices: [{ text, index, logprobs, finish_reason: reason }] })
  const say = (index: number, text: string, logprobs: unknown): string => {
    const isFirst = !lengths.has(index)
    const before = isFirst ? echo.length : lengths.get(index)!
    lengths.set(index, before + text.length)
    const list = logprobs === undefined ? null : writeLogprobs([logprobs], before)
    const all = isFirst ? echo + text : text
    return all === '' && list === null ? '' : chunk(index, all, list, null)
  }

  return {
    lost: lost.names,
    write(event) {
      switch (event.type) {
        case 'reply-start':
          head = replyHead({ ...event, extra: event.extra ?? {} }, OBJECT)
          return ''
        case 'part-start':
          kinds.set(event.choice, event.kind)
          isShown(event.kind, lost)
          return ''
        case 'part-delta':
          if (event.citation) lost.add('citations')
          if (!isShown(kinds.get(event.choice) ?? 'opaque', lost)) return ''
          return say(event.choice, event.text, event.logprobs)
        case 'finish': {
          const prompt = lengths.has(event.choice) ? '' : say(event.choice, '', undefined)
          return prompt + chunk(event.choice, '', null, writeFinishReason(event.reason))
        }
        case 'usage':
          usage = event.usage
          return ''
        case 'error':
          return `data: ${JSON.stringify(writeError(event.error))}\n\n`
        default:
          return ''
      }
    },
    end() {
      const counts = usage && options.usage ? frame({ choices: [], usage: writeUsage(usage) }) : ''
      return `${counts}data: [DONE]\n\n`
    },
  }
}

/** A refusal is the answer, too; what cannot be text is named, reasoning apart, which nobody asked for. */
function isShown(kind: PartKind, lost: Lost): boolean {
  if (kind === 'tool-call') lost.add('tool_calls')
  if (kind === 'opaque') lost.add('opaque')
  return kind === 'text' || kind === 'refusal'
}

function echoOf({ request }: ReplyOptions): string {
  return request.echo === true ? readPrompt(request.prompt) : ''
}
