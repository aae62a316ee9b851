import type { Message, Part } from '../../core/request.ts'
import { type Lost, splitSystem } from '../lost.ts'
import type { Json } from '../members.ts'
import { writeContent } from './write-content.ts'

/**
 * The system texts for the front, and the messages that stay where they are. Newer models take a system message after
 * a user's turn that the assistant answers next, or that ends the conversation; others go to the front
 * (https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages#limitations).
 */
export function placeSystem(
  messages: readonly Message[],
  anywhere: boolean,
  lost: Lost,
): { system: Part[]; rest: Message[] } {
  if (!anywhere) return splitSystem(messages, lost)
  const first = messages.findIndex(({ role }) => role !== 'system')
  const front = first < 0 ? messages : messages.slice(0, first)
  const rest = first < 0 ? [] : messages.slice(first)
  const movable = rest.filter((message, index) => message.role === 'system' && !mayStay(rest, index))
  if (movable.length > 0) lost.add('system_position')
  return {
    system: [...front, ...movable].flatMap(({ parts }) => parts),
    rest: rest.filter((message) => !movable.includes(message)),
  }
}

function mayStay(messages: readonly Message[], index: number): boolean {
  const before = messages.slice(0, index).findLast(({ role }) => role !== 'system')
  const after = messages.slice(index).find(({ role }) => role !== 'system')
  return before !== undefined && before.role !== 'assistant' && (after === undefined || after.role === 'assistant')
}

/** Anthropic's `system`; `undefined` where there is nothing to say. */
export function writeSystem(parts: readonly Part[], lost: Lost): string | Json[] | undefined {
  const said = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '')
  const content = writeContent(said, 'system', new Map(), lost)
  return content.length === 0 ? undefined : content
}
