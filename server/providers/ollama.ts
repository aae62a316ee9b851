import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'

/**
 * Ollama by its own API, which unlike its OpenAI-compatible one takes `num_ctx` and `keep_alive` and reports
 * durations: https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const ollama: Provider = {
  kind: 'ollama',
  dialects: ['ollama'],
  traits: {
    priceId: null,
    otelName: 'ollama',
    streamUsage: true,
    selfHosted: true,
    synthetic: false,
    baseUrl: 'http://127.0.0.1:11434',
    needsKey: false,
    options: {
      num_ctx: {
        type: 'integer',
        description: 'context window in tokens to load models with; Ollama’s own default cuts long prompts silently',
      },
      keep_alive: { type: 'duration', description: 'how long a model stays loaded after a request' },
    },
  },
  url: ({ policy }) => `${policy.baseUrl}/api/chat`,
  headers: ({ policy }) => (policy.apiKey === null ? {} : { authorization: `Bearer ${policy.apiKey}` }),
  classify: classifyRefusal,
  defaults({ options }) {
    const { num_ctx: contextWindow, keep_alive: keepAlive } = options
    return {
      ...(contextWindow === undefined ? {} : { options: { num_ctx: contextWindow } }),
      ...(keepAlive === undefined ? {} : { keep_alive: keepAlive === '-1' ? -1 : keepAlive }),
    }
  },
}
