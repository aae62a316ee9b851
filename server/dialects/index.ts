import type { DialectId } from '../core/dialect-id.ts'
import type { Dialect } from '../core/ports.ts'
import { ollamaDialect } from './ollama/index.ts'
import { openaiChat } from './openai-chat/index.ts'

/** Every wire format by its id. */
export const dialects: Readonly<Record<DialectId, Dialect>> = {
  'openai-chat': openaiChat,
  ollama: ollamaDialect,
}
