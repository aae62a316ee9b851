import type { PlainDialect } from '../../core/plain.ts'
import { estimateRequestTokens } from '../../core/token-estimate.ts'
import { writeError as writeAnthropicError } from '../anthropic-messages/errors.ts'
import { writeError as writeOpenaiError } from '../openai-chat/errors.ts'
import { headReader, openaiUsage } from './head.ts'

/** Formats that pass as they are or not at all. */

/** What Cohere, Jina, vLLM and llama.cpp agree on: https://docs.cohere.com/reference/rerank */
export const rerank: PlainDialect = {
  id: 'rerank',
  operation: 'rerank',
  readHead: headReader('query', 'documents'),
  writeError: writeOpenaiError,
  readUsage: openaiUsage,
}

/** https://platform.openai.com/docs/api-reference/audio/createTranscription, a form with the audio as a file. */
export const openaiTranscription: PlainDialect = {
  id: 'openai-transcription',
  operation: 'transcription',
  readHead: headReader(),
  writeError: writeOpenaiError,
  readUsage: openaiUsage,
}

/** https://platform.openai.com/docs/api-reference/images/create */
export const openaiImages: PlainDialect = {
  id: 'openai-images',
  operation: 'images',
  readHead: headReader('prompt'),
  writeError: writeOpenaiError,
  readUsage: openaiUsage,
}

/** https://platform.openai.com/docs/api-reference/moderations/create */
export const openaiModerations: PlainDialect = {
  id: 'openai-moderations',
  operation: 'moderations',
  readHead: headReader('input'),
  writeError: writeOpenaiError,
  readUsage: openaiUsage,
}

/** https://platform.claude.com/docs/en/api/messages-count-tokens; other providers' models are counted by estimate. */
export const anthropicCountTokens: PlainDialect = {
  id: 'anthropic-count-tokens',
  operation: 'count-tokens',
  headers: ['anthropic-version', 'anthropic-beta'],
  readHead: headReader('messages'),
  writeError: writeAnthropicError,
  readUsage: () => null,
  estimate: ({ messages, system, tools }) => ({
    input_tokens: Math.max(1, estimateRequestTokens([messages, system, tools])),
  }),
}
