import type { ClientDialect, UpstreamDialect } from '../core/dialect.ts'
import type { DialectId } from '../core/dialect-id.ts'
import type { PlainDialect } from '../core/plain.ts'
import { anthropicMessages } from './anthropic-messages/index.ts'
import { bedrockConverse } from './bedrock-converse/index.ts'
import { cohereChat } from './cohere-chat/index.ts'
import { gemini } from './gemini/index.ts'
import { ollamaChat } from './ollama/index.ts'
import { ollamaGenerate } from './ollama-generate/index.ts'
import { openaiChat } from './openai-chat/index.ts'
import { openaiCompletions } from './openai-completions/index.ts'
import { openaiResponses } from './openai-responses/index.ts'
import { cohereEmbed, ollamaEmbed, ollamaEmbeddings, openaiEmbeddings } from './plain/embeddings.ts'
import { anthropicCountTokens, openaiImages, openaiModerations, openaiTranscription, rerank } from './plain/others.ts'
import { cartesiaSpeech, elevenlabsSpeech, openaiSpeech } from './plain/speech.ts'

/** Chat formats that clients speak. */
export const clients: readonly ClientDialect[] = [
  openaiChat,
  openaiCompletions,
  openaiResponses,
  anthropicMessages,
  ollamaChat,
  ollamaGenerate,
  gemini,
]

/** Chat formats that providers speak, by id. */
export const upstreams: ReadonlyMap<DialectId, UpstreamDialect> = new Map(
  [openaiChat, openaiResponses, anthropicMessages, ollamaChat, gemini, bedrockConverse, cohereChat].map((dialect) => [
    dialect.id,
    dialect,
  ]),
)

/** Formats of everything else, by id. */
export const plains: ReadonlyMap<DialectId, PlainDialect> = new Map(
  [
    openaiEmbeddings,
    ollamaEmbed,
    ollamaEmbeddings,
    cohereEmbed,
    rerank,
    openaiSpeech,
    elevenlabsSpeech,
    cartesiaSpeech,
    openaiTranscription,
    openaiImages,
    openaiModerations,
    anthropicCountTokens,
  ].map((dialect) => [dialect.id, dialect]),
)

/** A client's format by its id. Throws for an id that no client speaks. */
export function clientDialect(id: DialectId): ClientDialect | PlainDialect {
  const dialect = clients.find((candidate) => candidate.id === id) ?? plains.get(id)
  if (!dialect) throw new Error(`no client speaks ${id}`)
  return dialect
}
