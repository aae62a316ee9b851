/** Wire formats that clients or providers speak. */
export type DialectId = 'openai-chat' | 'ollama'
