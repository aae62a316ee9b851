import type { MessageView, RequestView, ToolResultView, ToolView } from '../core/evaluation.ts'
import type { ChatRequest, Message, Part, Tool } from '../core/request.ts'

/** Between messages, and between parts of one that were given apart. */
const BLANK_LINE = '\n\n'

/**
 * A request as evaluators see it. Documents that are given as text count as text of their message; images, sound, other
 * files, reasoning, and what only its own dialect understands are not seen. `question` is what the user wrote in the
 * latest message of theirs that has text, without its documents where there is anything else.
 */
export function readRequestView({ messages, tools }: ChatRequest): RequestView {
  const toolNames = new Map<string, string>()
  const views: MessageView[] = []
  const system: string[] = []
  let question = ''
  for (const { role, parts } of messages) {
    const text = textOf(parts, role)
    for (const part of parts) if (part.type === 'tool-call') toolNames.set(part.id, part.name)
    if (role === 'system') {
      if (text !== '') system.push(text)
      continue
    }
    if (role === 'user' && text.trim() !== '') question = writtenIn(parts) || text
    views.push({
      role,
      text,
      toolCalls: parts.flatMap((part) =>
        part.type === 'tool-call' ? [{ name: part.name, arguments: part.arguments }] : [],
      ),
      toolResults: parts.flatMap((part) => (part.type === 'tool-result' ? [resultOf(part, toolNames)] : [])),
    })
  }
  return { system: system.join(BLANK_LINE), question, messages: views, tools: tools.flatMap(toolOf) }
}

/** Models' own texts are split where something is cited, so that nothing belongs between the pieces. */
function textOf(parts: readonly Part[], role: Message['role']): string {
  const texts = parts.flatMap((part) => {
    if (part.type === 'text' || part.type === 'refusal') return [part.text]
    if (part.type !== 'media' || part.mime !== 'text/plain' || part.data === undefined) return []
    return [Buffer.from(part.data, 'base64').toString()]
  })
  return texts.filter((text) => text !== '').join(role === 'assistant' ? '' : BLANK_LINE)
}

function writtenIn(parts: readonly Part[]): string {
  const written = textOf(
    parts.filter(({ type }) => type === 'text'),
    'user',
  )
  return written.trim() === '' ? '' : written
}

function resultOf(part: Part & { type: 'tool-result' }, toolNames: ReadonlyMap<string, string>): ToolResultView {
  return {
    name: part.name ?? toolNames.get(part.id) ?? '',
    text: textOf(part.parts, 'tool'),
    isError: part.isError ?? false,
  }
}

/** Tools that the provider runs itself are not the model's to call. */
function toolOf(tool: Tool): ToolView[] {
  if (tool.type === 'hosted') return []
  const parameters = tool.type === 'function' ? tool.parameters : undefined
  return [{ name: tool.name, ...(parameters === undefined ? {} : { parameters }) }]
}
