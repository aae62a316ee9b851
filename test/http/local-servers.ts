import type { FakeUpstream, Script } from '../support/fake-upstream.ts'
import { startFakeUpstream } from '../support/fake-upstream.ts'

/** What a server answers by path; a path that is not there is a 404. */
type Answers = Readonly<Record<string, unknown>>

const json = (body: unknown, more: Script = {}): Script => ({ ...more, chunks: [JSON.stringify(body)] })

const LLAMA_LIST = {
  models: [{ name: 'qwen3-4b.gguf', model: 'qwen3-4b.gguf', details: { format: 'gguf' } }],
  object: 'list',
  data: [{ id: 'qwen3-4b.gguf', object: 'model', owned_by: 'llamacpp', meta: { n_ctx_train: 40960 } }],
}

/** Model servers by their answers, as each one's documentation and source show them. */
export const PLAYED: Readonly<Record<'ollama' | 'lmstudio' | 'vllm' | 'llamacpp', Answers>> = {
  ollama: {
    '/api/tags': {
      models: [
        { name: 'qwen3:14b', model: 'qwen3:14b', details: { format: 'gguf', family: 'qwen3' } },
        { name: 'gemma3:4b', model: 'gemma3:4b', details: { format: 'gguf', family: 'gemma3' } },
      ],
    },
    '/api/version': { version: '0.12.6' },
    '/api/ps': { models: [{ name: 'qwen3:14b', model: 'qwen3:14b' }] },
    '/v1/models': { object: 'list', data: [{ id: 'qwen3:14b', object: 'model', owned_by: 'library' }] },
  },
  lmstudio: {
    '/api/v0/models': {
      object: 'list',
      data: [
        { id: 'openai/gpt-oss-20b', object: 'model', type: 'llm', state: 'loaded', max_context_length: 131072 },
        { id: 'text-embedding-nomic', object: 'model', type: 'embeddings', state: 'not-loaded' },
      ],
    },
    '/v1/models': { object: 'list', data: [{ id: 'openai/gpt-oss-20b', owned_by: 'organization_owner' }] },
  },
  vllm: {
    '/v1/models': {
      object: 'list',
      data: [{ id: 'meta-llama/Llama-4-Scout', object: 'model', owned_by: 'vllm', max_model_len: 65536 }],
    },
    '/version': { version: '0.11.0' },
  },
  // It answers at Ollama's address, too: https://github.com/ggml-org/llama.cpp/pull/13659
  llamacpp: { '/v1/models': LLAMA_LIST, '/api/tags': LLAMA_LIST, '/props': { build_info: 'b8681' } },
}

/** A server that plays one of them on a port of its own. */
export function play(answers: Answers): Promise<FakeUpstream> {
  return startFakeUpstream(({ path }) =>
    path in answers ? json(answers[path]) : json({ error: 'not found' }, { status: 404 }),
  )
}

export function portOf(server: FakeUpstream): number {
  return Number(new URL(server.url).port)
}
