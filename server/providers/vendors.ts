import type { Quirks } from '../core/dialect.ts'
import type { DialectId } from '../core/dialect-id.ts'
import type { ProviderOption } from '../core/ports.ts'

/** One vendor or server that speaks OpenAI's dialects. Everything that differs between them is data. */
export interface Vendor {
  kind: string
  label: string
  /** `null` where every installation has its own address. */
  baseUrl: string | null
  /** How the credential travels. */
  auth: 'bearer' | 'api-key'
  needsKey: boolean
  /** Provider id in `@pydantic/genai-prices`; `null` where nobody sells it by the token. */
  priceId: string | null
  /** Value of `gen_ai.provider.name`; OpenTelemetry's well-known values where there is one. */
  otelName: string
  selfHosted: boolean
  /** Formats it speaks, the preferred one of an operation first. */
  dialects: readonly DialectId[]
  /** Formats of newer installations only. */
  alsoSpeaks?: readonly DialectId[]
  quirks: Quirks
  /** Where its models are listed, below the base URL; `null` where they are not. */
  models: string | null
  options?: Readonly<Record<string, ProviderOption>>
  /** Where the facts of this row are documented. */
  docs: string
}

const CHAT = ['openai-chat'] as const
const TEXT = ['openai-chat', 'openai-completions'] as const
const NEWER = ['openai-responses', 'anthropic-messages'] as const

/** What vendors that are called over the internet have in common. */
export const hosted = { auth: 'bearer', needsKey: true, selfHosted: false, quirks: {}, models: '/models' } as const
const local = {
  auth: 'bearer',
  needsKey: false,
  selfHosted: true,
  priceId: null,
  models: '/models',
  alsoSpeaks: NEWER,
} as const

export const VENDORS: readonly Vendor[] = [
  {
    ...local,
    kind: 'openai-compatible',
    label: 'OpenAI-compatible server',
    baseUrl: null,
    otelName: 'openai-compatible',
    quirks: { maxTokens: 'max_tokens' },
    dialects: [
      ...TEXT,
      'openai-embeddings',
      'rerank',
      'openai-speech',
      'openai-transcription',
      'openai-images',
      'openai-moderations',
    ],
    docs: 'any server with POST /chat/completions under its base_url',
  },
  {
    ...hosted,
    kind: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    priceId: 'openai',
    otelName: 'openai',
    dialects: [
      ...TEXT,
      'openai-responses',
      'openai-embeddings',
      'openai-speech',
      'openai-transcription',
      'openai-images',
      'openai-moderations',
    ],
    docs: 'https://platform.openai.com/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'azure',
    label: 'Azure OpenAI',
    baseUrl: null,
    auth: 'api-key',
    priceId: 'azure',
    otelName: 'azure.ai.openai',
    dialects: [
      ...TEXT,
      'openai-responses',
      'openai-embeddings',
      'openai-speech',
      'openai-transcription',
      'openai-images',
    ],
    options: {
      api_version: {
        type: 'string',
        description: 'for the dated API: base_url is https://NAME.openai.azure.com and models are deployment names',
      },
    },
    docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
  },
  {
    ...local,
    kind: 'vllm',
    label: 'vLLM',
    baseUrl: 'http://127.0.0.1:8000/v1',
    otelName: 'vllm',
    quirks: { reasoning: 'reasoning_content', continues: 'continue_final_message' },
    dialects: [...TEXT, 'openai-embeddings', 'rerank', 'openai-transcription'],
    docs: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  },
  {
    ...local,
    kind: 'tgi',
    label: 'Text Generation Inference',
    baseUrl: 'http://127.0.0.1:8080/v1',
    otelName: 'tgi',
    quirks: { maxTokens: 'max_tokens' },
    dialects: TEXT,
    docs: 'https://huggingface.co/docs/text-generation-inference/messages_api',
  },
  {
    ...local,
    kind: 'llamacpp',
    label: 'llama.cpp',
    baseUrl: 'http://127.0.0.1:8080/v1',
    otelName: 'llamacpp',
    quirks: { maxTokens: 'max_tokens', reasoning: 'reasoning_content', continues: 'assistant' },
    dialects: [...TEXT, 'openai-embeddings', 'rerank'],
    docs: 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
  },
  {
    ...local,
    kind: 'lmstudio',
    label: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    otelName: 'lmstudio',
    quirks: { maxTokens: 'max_tokens' },
    dialects: [...TEXT, 'openai-embeddings'],
    docs: 'https://lmstudio.ai/docs/developer/openai-compat',
  },
  {
    ...hosted,
    kind: 'mistral',
    label: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    priceId: 'mistral',
    otelName: 'mistral_ai',
    // Unknown members are refused with 422; the last chunk of a stream always has the usage.
    quirks: {
      refusesStreamOptions: true,
      maxTokens: 'max_tokens',
      renames: { seed: 'random_seed' },
      continues: 'prefix',
      refuses: ['logprobs', 'top_logprobs', 'top_k', 'user', 'store', 'service_tier', 'verbosity'],
    },
    dialects: [...CHAT, 'openai-embeddings', 'openai-moderations', 'openai-transcription'],
    docs: 'https://docs.mistral.ai/api',
  },
  {
    ...hosted,
    kind: 'groq',
    label: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    priceId: 'groq',
    otelName: 'groq',
    // https://console.groq.com/docs/openai#currently-unsupported-openai-features
    quirks: { refuses: ['logprobs', 'top_logprobs', 'n', 'top_k'] },
    dialects: [...CHAT, 'openai-speech', 'openai-transcription'],
    alsoSpeaks: ['openai-responses'],
    docs: 'https://console.groq.com/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'openrouter',
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    priceId: 'openrouter',
    otelName: 'openrouter',
    quirks: { maxTokens: 'max_tokens', reasoning: 'reasoning', cacheControl: true },
    dialects: [...TEXT, 'openai-embeddings'],
    alsoSpeaks: ['openai-responses', 'anthropic-messages'],
    docs: 'https://openrouter.ai/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'deepseek',
    label: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    priceId: 'deepseek',
    otelName: 'deepseek',
    quirks: { maxTokens: 'max_tokens', reasoning: 'reasoning_content', jsonObjectOnly: true },
    dialects: CHAT,
    docs: 'https://api-docs.deepseek.com/api/create-chat-completion',
  },
  {
    ...hosted,
    kind: 'together',
    label: 'Together AI',
    baseUrl: 'https://api.together.xyz/v1',
    priceId: 'together',
    otelName: 'together_ai',
    quirks: { maxTokens: 'max_tokens' },
    dialects: [...TEXT, 'openai-embeddings', 'rerank', 'openai-speech', 'openai-transcription', 'openai-images'],
    docs: 'https://docs.together.ai/reference/chat-completions-1',
  },
  {
    ...hosted,
    kind: 'fireworks',
    label: 'Fireworks AI',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    priceId: 'fireworks',
    otelName: 'fireworks',
    quirks: { maxTokens: 'max_tokens', reasoning: 'reasoning_content' },
    dialects: [...TEXT, 'openai-embeddings', 'rerank'],
    alsoSpeaks: NEWER,
    docs: 'https://docs.fireworks.ai/api-reference/post-chatcompletions',
  },
  {
    ...hosted,
    kind: 'xai',
    label: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    priceId: 'x-ai',
    otelName: 'x_ai',
    dialects: [...CHAT, 'openai-responses', 'openai-images'],
    docs: 'https://docs.x.ai/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'huggingface',
    label: 'Hugging Face Inference Providers',
    baseUrl: 'https://router.huggingface.co/v1',
    priceId: null,
    otelName: 'huggingface',
    quirks: { maxTokens: 'max_tokens' },
    dialects: CHAT,
    alsoSpeaks: ['openai-responses'],
    docs: 'https://huggingface.co/docs/inference-providers',
  },
]
