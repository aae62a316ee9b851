import type { MessageView, ReplyView, Subject, ToolCallView, ToolResultView } from '../../../server/core/evaluation.ts'
import { replyOf } from '../reply.ts'
import { requestOf, subjectOf } from '../subject.ts'

/** A session made up by hand, and whether the user got what they came for. */
export interface Session {
  completed: boolean
  /**
   * One line each: `U` the user, `A` the assistant, `C` calls a tool (name, arguments), `R` its result, `E` its error. What stands
   * after `=` is the reply to be judged: lines of A and C.
   */
  lines: string
}

/** The session up to the reply, and the reply. */
export function readSession({ lines }: Session): Subject {
  const [before, after = ''] = lines.split(/^\s*=\s*$/m)
  const messages: MessageView[] = []
  let question = ''
  for (const [kind, text] of readLines(before!)) {
    const last = messages.at(-1)
    if (kind === 'U') {
      question = text
      messages.push(message('user', { text }))
    } else if (kind === 'A') messages.push(message('assistant', { text }))
    else if (kind === 'C') {
      const call = readCall(text)
      if (last?.role === 'assistant') messages.splice(-1, 1, { ...last, toolCalls: [...last.toolCalls, call] })
      else messages.push(message('assistant', { toolCalls: [call] }))
    } else {
      const called = messages.flatMap(({ toolCalls }) => toolCalls)
      const results = messages.flatMap(({ toolResults }) => toolResults).length
      const result: ToolResultView = { name: called[results]!.name, text, isError: kind === 'E' }
      messages.push(message('tool', { toolResults: [result] }))
    }
  }
  return subjectOf(readReply(after), { request: requestOf(question, { messages }) })
}

function readReply(lines: string): ReplyView {
  const read = readLines(lines)
  const text = read.flatMap(([kind, each]) => (kind === 'A' ? [each] : [])).join('\n')
  const toolCalls = read.flatMap(([kind, each]) => (kind === 'C' ? [readCall(each)] : []))
  return replyOf(text, { toolCalls, finishReason: toolCalls.length > 0 ? 'tool-calls' : 'stop' })
}

function readLines(lines: string): (readonly [kind: string, text: string])[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => [line[0]!, line.slice(2).replaceAll('\\n', '\n')] as const)
}

function readCall(text: string): ToolCallView {
  const blank = text.indexOf(' ')
  return blank < 0 ? { name: text, arguments: '{}' } : { name: text.slice(0, blank), arguments: text.slice(blank + 1) }
}

function message(role: MessageView['role'], more: Partial<MessageView>): MessageView {
  return { role, text: '', toolCalls: [], toolResults: [], ...more }
}
