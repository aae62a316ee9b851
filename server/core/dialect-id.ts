/** Wire formats of chat, as clients or providers speak them. */
export type ChatDialectId =
  | 'openai-chat'
  | 'openai-completions'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'ollama'
  | 'ollama-generate'
  | 'gemini'
  | 'bedrock-converse'
  | 'cohere-chat'

/** Wire formats of everything else that a model can be asked for. */
export type PlainDialectId =
  | 'openai-embeddings'
  | 'ollama-embed'
  | 'ollama-embeddings'
  | 'cohere-embed'
  | 'rerank'
  | 'openai-speech'
  | 'elevenlabs-speech'
  | 'cartesia-speech'
  | 'openai-transcription'
  | 'openai-images'
  | 'openai-moderations'
  | 'anthropic-count-tokens'

export type DialectId = ChatDialectId | PlainDialectId
