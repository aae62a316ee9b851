import type { ClientDialect } from './dialect.ts'
import type { Inbound } from './exchange.ts'
import type { ChatRequest } from './request.ts'

/** A chat request as guardrails left it, or else as the client wrote it. Throws `invalid_request`. */
export function chatRequestOf({ chat, dialect, json, head }: Inbound): ChatRequest {
  return chat ?? (dialect as ClientDialect).readRequest(json, head)
}
