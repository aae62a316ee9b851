import { chatRequestOf } from '../../core/chat-request.ts'
import type { ClientDialect } from '../../core/dialect.ts'
import type { Inbound } from '../../core/exchange.ts'
import { setFormText } from '../../core/multipart.ts'
import { contentLeavesOf } from './leaves.ts'
import type { GuardSubject } from './session.ts'
import { type Slot, slotsOf } from './slots.ts'

/** A request as guardrails read it, and with other texts in it. */
export interface Readable {
  slots: readonly Slot[]
  subject: GuardSubject
  /** With new texts by the index of their slot. The request itself stays as it is. */
  rewritten(texts: ReadonlyMap<number, string>): Inbound
}

/** Throws `invalid_request` for a request that cannot be read in full. */
export function readableOf(inbound: Inbound): Readable {
  if ('operation' in inbound.dialect) return plainOf(inbound)
  return chatOf(inbound as Inbound & { dialect: ClientDialect })
}

function chatOf(inbound: Inbound): Readable {
  const request = chatRequestOf(inbound)
  const known = slotsOf(request)
  const slots = inbound.chat === undefined ? [...known, ...unread(inbound, known)] : known
  return {
    slots,
    subject: {
      systemPrompt: joined(slots.filter(({ origin }) => origin === 'system')),
      tools: request.tools.map((tool) =>
        tool.type === 'function' ? { name: tool.name, parameters: tool.parameters } : { name: tool.name },
      ),
      texts: slots.map(({ text }) => text),
    },
    rewritten(texts) {
      const chat = structuredClone(request)
      // What was not read is not written either.
      write(slotsOf(chat), new Map([...texts].filter(([index]) => index < known.length)))
      return { ...inbound, chat }
    },
  }
}

/** Texts that the reader of the format passes over, but that would go on with the client's own bytes. */
function unread({ json }: Inbound, known: readonly Slot[]): Slot[] {
  const read = new Set(known.map(({ text }) => text))
  return plainSlots(json)
    .filter(({ text }) => !read.has(text))
    .map((slot) => ({ ...slot, origin: 'third-party' }))
}

function plainOf(inbound: Inbound): Readable {
  const slots = plainSlots(inbound.json)
  return {
    slots,
    subject: { systemPrompt: '', tools: [], texts: slots.map(({ text }) => text) },
    rewritten(texts) {
      const json = structuredClone(inbound.json)
      write(plainSlots(json), texts)
      return { ...inbound, json, raw: inbound.form ? formOf(inbound, json) : Buffer.from(JSON.stringify(json)) }
    },
  }
}

/** Every text but the model's name: what is asked for stands in other members in each format. */
function plainSlots(json: Readonly<Record<string, unknown>>): Slot[] {
  const members = Object.keys(json).filter((name) => name !== 'model')
  return members.flatMap((name) =>
    contentLeavesOf(json, name).map(({ text, write }) => ({
      text,
      origin: name === 'documents' ? ('third-party' as const) : ('user' as const),
      place: name,
      message: 0,
      call: null,
      write,
    })),
  )
}

function formOf({ raw, json: before, form }: Inbound, json: Readonly<Record<string, unknown>>): Buffer {
  let body = raw
  for (const [name, value] of Object.entries(json))
    if (value !== before[name]) body = setFormText(body, form!.boundary, name, String(value))
  return body
}

function write(slots: readonly Slot[], texts: ReadonlyMap<number, string>): void {
  for (const [index, text] of texts) slots[index]!.write(text)
}

/** Texts as one. */
export function joined(slots: readonly Slot[]): string {
  return slots.map(({ text }) => text).join('\n\n')
}
