import { createHash } from 'node:crypto'
import type { AttemptContext } from './context.ts'

/** The session where the client names one, else what every turn of a conversation begins with. */
export function conversationKey({ exchange, inbound, plan }: AttemptContext): string {
  const { tenant, session } = exchange.caller!
  const { messages, contents, input, system, instructions } = inbound.json
  const list = [messages, contents, input].find(Array.isArray) as { role?: unknown }[] | undefined
  const opening = session ?? JSON.stringify([system, instructions, list?.find(({ role }) => role === 'user') ?? input])
  return createHash('sha256').update(`${tenant}\0${plan.route}\0${opening}`).digest('base64')
}
