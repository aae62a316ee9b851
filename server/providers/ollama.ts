import type { DialectId } from '../core/dialect-id.ts'
import type { Provider } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { modelsBelow } from './model-lists.ts'

const PATHS: Partial<Record<DialectId, string>> = {
  ollama: '/api/chat',
  'ollama-generate': '/api/generate',
  'ollama-embed': '/api/embed',
  'ollama-embeddings': '/api/embeddings',
}

/**
 * Ollama by its own API, which unlike its OpenAI-compatible one takes `num_ctx` and `keep_alive` and reports
 * durations: https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const ollama: Provider = {
  kind: 'ollama',
  dialects: ['ollama', 'ollama-generate', 'ollama-embed', 'ollama-embeddings'],
  traits: {
    priceId: null,
    otelName: 'ollama',
    quirks: { continues: 'assistant' },
    selfHosted: true,
    synthetic: false,
    baseUrl: 'http://127.0.0.1:11434',
    label: 'Ollama',
    docs: 'https://github.com/ollama/ollama/blob/main/docs/api.md',
    needsKey: false,
    options: {
      num_ctx: {
        type: 'integer',
        description: 'context window in tokens to load models with; Ollama’s own default cuts long prompts silently',
      },
      keep_alive: { type: 'duration', description: 'how long a model stays loaded after a request' },
    },
  },
  url: ({ policy, dialect }) => `${policy.baseUrl}${PATHS[dialect] ?? ''}`,
  headers: ({ policy }) => (policy.apiKey === null ? {} : { authorization: `Bearer ${policy.apiKey}` }),
  classify: classifyRefusal,
  models: modelsBelow('/api/tags', 'model', 'models'),
  memory: { url: ({ baseUrl }) => `${baseUrl}/api/ps`, read: readMemory },
  defaults({ options }) {
    const { num_ctx: contextWindow, keep_alive: keepAlive } = options
    return {
      ...(contextWindow === undefined ? {} : { options: { num_ctx: contextWindow } }),
      ...(keepAlive === undefined ? {} : { keep_alive: keepAlive === '-1' ? -1 : keepAlive }),
    }
  },
}

/** `size` is all that a model takes, `size_vram` what of it lies in the GPU's memory. */
function readMemory(json: unknown, model: string): number | null {
  const { models } = (json ?? {}) as { models?: unknown }
  if (!Array.isArray(models)) return null
  const bare = (name: unknown) => String(name).replace(/:latest$/, '')
  const found = models.find((each) => bare(each?.model ?? each?.name) === bare(model))
  return typeof found?.size === 'number' ? found.size : null
}
