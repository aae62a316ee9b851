import type { ChatDialectId } from '../core/dialect-id.ts'
import type { Message, Part } from '../core/request.ts'
import type { Lost } from './lost.ts'
import { flatName } from './tool-names.ts'

/** One turn of a conversation whose format knows only these roles; tool results belong to the user's turn. */
export interface Turn {
  role: 'user' | 'assistant' | 'system'
  parts: Part[]
}

/**
 * The messages as turns that alternate: neighbours of one role become one turn, and in a user's turn the results of
 * tools come first. That is what Anthropic's Messages and Bedrock's Converse want:
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls
 * Messages of role `system` stay turns of their own. Messages without parts are left out.
 */
export function turnsOf(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  for (const { role: given, parts } of messages) {
    if (parts.length === 0) continue
    const role = given === 'tool' ? 'user' : given
    const last = turns.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else turns.push({ role, parts: [...parts] })
  }
  for (const turn of turns)
    if (turn.role === 'user')
      turn.parts = [...turn.parts.filter(isResult), ...turn.parts.filter((part) => !isResult(part))]
  return turns
}

/**
 * Puts a user's turn in front of a conversation that the assistant begins, for formats that refuse it otherwise. What
 * the user says there is one full stop, as it may not be empty; `messages.0.role` names it as lost.
 */
export function beginWithUser(turns: readonly Turn[], lost: Lost): readonly Turn[] {
  if (turns[0]?.role !== 'assistant') return turns
  lost.add('messages.0.role')
  return [{ role: 'user', parts: [{ type: 'text', text: '.' }] }, ...turns]
}

/**
 * The turns without the texts that Anthropic and Bedrock refuse: empty ones, and blank ones where a turn has no other
 * text. White space at the end of a conversation that the assistant ends is cut off, as it is refused as well.
 */
export function withoutBlankTexts(turns: readonly Turn[]): Turn[] {
  const spoken = turns.map((turn): Turn => {
    const speaks = turn.parts.some((part) => part.type === 'text' && part.text.trim() !== '')
    const keeps = (text: string) => (speaks ? text : text.trim()) !== ''
    return { ...turn, parts: turn.parts.filter((part) => part.type !== 'text' || keeps(part.text)) }
  })
  const kept = turnsOf(spoken)
  const last = kept.at(-1)
  return last?.role === 'assistant' ? turnsOf([...kept.slice(0, -1), { ...last, parts: trimmedEnd(last.parts) }]) : kept
}

/**
 * Whether the assistant's part of the open tool loop, if there is one, begins with thoughts that this issuer signed.
 * Without them Anthropic refuses to think with a budget: every turn that thinks must begin with its thoughts
 * (https://platform.claude.com/docs/en/build-with-claude/thinking#thinking-with-tool-use).
 */
export function isLoopSigned(turns: readonly Turn[], issuer: ChatDialectId): boolean {
  const asked = turns.findLastIndex((turn) => turn.role === 'user' && !turn.parts.some(isResult))
  const answer = turns.slice(asked + 1).find((turn) => turn.role === 'assistant')
  if (!answer) return true
  const first = answer.parts[0]
  return first?.type === 'reasoning' && first.state?.issuer === issuer
}

/** The names of tools that the conversation has called, each once, as formats without namespaces write them. */
export function calledTools(turns: readonly Turn[]): string[] {
  const calls = turns.flatMap((turn) => turn.parts.filter((part) => part.type === 'tool-call'))
  return [...new Set(calls.map(({ name, namespace }) => flatName(name, namespace)))]
}

/** Whether anything in the conversation is a call of a tool or its result. */
export function hasToolParts(turns: readonly Turn[]): boolean {
  return turns.some((turn) => turn.parts.some((part) => part.type === 'tool-call' || isResult(part)))
}

function isResult(part: Part): boolean {
  return part.type === 'tool-result'
}

function trimmedEnd(parts: readonly Part[]): Part[] {
  const last = parts.at(-1)
  if (last?.type !== 'text') return [...parts]
  const text = last.text.trimEnd()
  return [...parts.slice(0, -1), ...(text === '' ? [] : [{ ...last, text }])]
}
