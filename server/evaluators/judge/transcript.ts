import type { MessageView, ReplyView, RequestView, ToolCallView } from '../../core/evaluation.ts'

/** A conversation for a judge to read: who says what, and what tools are asked and answer. */
export function transcriptOf({ system, messages }: RequestView): string {
  return [...(system === '' ? [] : [`[system]\n${system}`]), ...messages.map(messageText)].join('\n\n')
}

export function replyText({ text, refusal, toolCalls }: ReplyView): string {
  return [text, refusal, ...toolCalls.map(callText)].filter((each) => each.trim() !== '').join('\n\n')
}

function messageText({ role, text, toolCalls, toolResults }: MessageView): string {
  const results = toolResults.map(
    (result) => `${result.isError ? 'error' : 'result'} of ${result.name || 'the tool'}: ${result.text}`,
  )
  return [`[${role}]`, ...(text === '' ? [] : [text]), ...toolCalls.map(callText), ...results].join('\n')
}

function callText(call: ToolCallView): string {
  return `calls ${call.name} with ${call.arguments}`
}
