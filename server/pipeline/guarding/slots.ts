import type { Guardrail, GuardText, TextOrigin } from '../../core/guardrail.ts'
import { parseJson } from '../../core/json-schema.ts'
import type { ChatRequest, Message, Part, Tool } from '../../core/request.ts'
import { contentLeavesOf, leavesOf } from './leaves.ts'

/** One text of a request or a tool call, and how to put another in its place. */
export interface Slot extends GuardText {
  /** Index of the message it stands in; -1 for what stands in none. */
  message: number
  /** Of tool calls: the arguments as JSON text, or one text in them. */
  call: 'whole' | 'leaf' | null
  write(text: string): void
}

/** Of a tool call a guardrail is given the arguments as a whole, or each text in them. */
export function isGivenTo({ takesCalls }: Guardrail, { call }: Pick<Slot, 'call'>): boolean {
  return call === null || (call === 'whole') === (takesCalls ?? false)
}

const ORIGINS: Readonly<Record<Message['role'], TextOrigin>> = {
  system: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'third-party',
}
/** Parts of other formats that hold what a tool or a search brought, by their type. */
const BROUGHT = /result|output|search|mcp|document|grounding/i

/**
 * Every text of a request that goes to a provider, in order. `write` changes the request itself, and the same request
 * always has the same slots. What images, sound and documents other than plain text say is not read.
 */
export function slotsOf(request: ChatRequest): Slot[] {
  const slots: Slot[] = []
  for (const [index, message] of request.messages.entries()) {
    const place = `messages[${index}]`
    const origin = ORIGINS[message.role]
    const add = (text: string, write: (text: string) => void, from = origin) =>
      slots.push({ text, origin: from, place, message: index, call: null, write })
    if (message.name !== undefined) add(message.name, put(message, 'name'), 'definition')
    for (const part of message.parts) addPart(part, origin, { place, message: index, slots })
  }
  for (const [index, tool] of request.tools.entries()) addTool(tool, `tools[${index}]`, slots)
  const { user, extra, output } = request
  const rest = { place: 'request', message: -1, slots }
  if (user !== undefined) addText(user, 'definition', rest, put(request, 'user'))
  addLeaves(extra, 'definition', rest)
  if (output.type === 'json-schema') addLeaves({ schema: output.schema }, 'definition', rest)
  return slots.filter(({ text }) => text !== '')
}

/** The texts of one tool call of a reply. */
export function slotsOfCall(call: { name: string; arguments: string }, place: string): Slot[] {
  const slots: Slot[] = []
  addCall(call, { place, message: -1, slots })
  return slots
}

function put<Key extends string>(holder: { [key in Key]?: string }, key: Key): Slot['write'] {
  return (text) => {
    holder[key] = text
  }
}

interface Within {
  place: string
  message: number
  slots: Slot[]
}

function addText(text: string, origin: TextOrigin, { place, message, slots }: Within, write: Slot['write']): void {
  slots.push({ text, origin, place, message, call: null, write })
}

/** Of a wire format's own value. */
function addLeaves(value: unknown, origin: TextOrigin, within: Within): void {
  for (const { text, write } of contentLeavesOf(value)) addText(text, origin, within, write)
}

function addPart(part: Part, origin: TextOrigin, within: Within): void {
  switch (part.type) {
    case 'text':
      addText(part.text, origin, within, put(part, 'text'))
      if (part.citations) addLeaves(part.citations, 'third-party', within)
      return
    case 'refusal':
      addText(part.text, origin, within, put(part, 'text'))
      return
    case 'reasoning':
      addText(part.text, 'reasoning', within, put(part, 'text'))
      return
    case 'tool-call':
      addCall(part, within)
      return
    case 'tool-result':
      for (const inner of part.parts) addPart(inner, 'third-party', within)
      return
    case 'media':
      if (part.name !== undefined) addText(part.name, origin, within, put(part, 'name'))
      if (part.mime?.startsWith('text/') && part.data !== undefined)
        addText(Buffer.from(part.data, 'base64').toString(), 'third-party', within, (text) => {
          part.data = Buffer.from(text).toString('base64')
        })
      return
    case 'opaque': {
      const type = String((part.value as { type?: unknown } | null)?.type ?? '')
      addLeaves({ value: part.value }, BROUGHT.test(type) ? 'third-party' : origin, within)
    }
  }
}

/** A tool call's arguments whole, and where they are JSON each text in them. */
function addCall(call: { name: string; arguments: string }, { place, message, slots }: Within): void {
  const slot = { origin: 'tool-call', place, message, tool: call.name } as const
  const write = put(call, 'arguments')
  slots.push({ ...slot, text: call.arguments, call: 'whole', write })
  const parsed = parseJson(call.arguments)
  if (parsed === null) {
    slots.push({ ...slot, text: call.arguments, call: 'leaf', write })
    return
  }
  // In a list, so that a bare text or number has a place as well.
  const held = [parsed.value]
  for (const leaf of leavesOf(held))
    slots.push({
      ...slot,
      text: leaf.text,
      call: 'leaf',
      write(text) {
        leaf.write(text)
        call.arguments = JSON.stringify(held[0])
      },
    })
}

function addTool(tool: Tool, place: string, slots: Slot[]): void {
  const within = { place, message: -1, slots }
  if (tool.type === 'hosted') addLeaves({ value: tool.value }, 'definition', within)
  else {
    if (tool.description !== undefined) addText(tool.description, 'definition', within, put(tool, 'description'))
    addLeaves({ value: tool.type === 'function' ? tool.parameters : tool.format }, 'definition', within)
  }
}
