import type { ProviderOption } from '../core/ports.ts'

/** One vendor or server that speaks OpenAI's chat dialect. Everything that differs between them is data. */
export interface Vendor {
  kind: string
  /** `null` where every installation has its own address. */
  baseUrl: string | null
  /** How the credential travels. */
  auth: 'bearer' | 'api-key'
  needsKey: boolean
  /** Provider id in `@pydantic/genai-prices`; `null` where nobody sells it by the token. */
  priceId: string | null
  /** Value of `gen_ai.provider.name`; OpenTelemetry's well-known values where there is one. */
  otelName: string
  /** Accepts `stream_options.include_usage`. Where not, the last chunk carries usage anyway. */
  streamUsage: boolean
  selfHosted: boolean
  options?: Readonly<Record<string, ProviderOption>>
  /** Where the facts of this row are documented. */
  docs: string
}

const hosted = { auth: 'bearer', needsKey: true, streamUsage: true, selfHosted: false } as const
const local = { auth: 'bearer', needsKey: false, streamUsage: true, selfHosted: true, priceId: null } as const

export const VENDORS: readonly Vendor[] = [
  {
    ...local,
    kind: 'openai-compatible',
    baseUrl: null,
    otelName: 'openai-compatible',
    docs: 'any server with POST /chat/completions under its base_url',
  },
  {
    ...hosted,
    kind: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    priceId: 'openai',
    otelName: 'openai',
    docs: 'https://platform.openai.com/docs/api-reference/chat',
  },
  {
    ...hosted,
    kind: 'azure',
    baseUrl: null,
    auth: 'api-key',
    priceId: 'azure',
    otelName: 'azure.ai.openai',
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
    baseUrl: 'http://127.0.0.1:8000/v1',
    otelName: 'vllm',
    docs: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  },
  {
    ...local,
    kind: 'tgi',
    baseUrl: 'http://127.0.0.1:8080/v1',
    otelName: 'tgi',
    docs: 'https://huggingface.co/docs/text-generation-inference/messages_api',
  },
  {
    ...local,
    kind: 'llamacpp',
    baseUrl: 'http://127.0.0.1:8080/v1',
    otelName: 'llamacpp',
    docs: 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
  },
  {
    ...local,
    kind: 'lmstudio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    otelName: 'lmstudio',
    docs: 'https://lmstudio.ai/docs/developer/openai-compat',
  },
  {
    ...hosted,
    kind: 'mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    priceId: 'mistral',
    otelName: 'mistral_ai',
    // Unknown members are refused with 422; the last chunk of a stream always has the usage.
    streamUsage: false,
    docs: 'https://docs.mistral.ai/api',
  },
  {
    ...hosted,
    kind: 'groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    priceId: 'groq',
    otelName: 'groq',
    docs: 'https://console.groq.com/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'openrouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    priceId: 'openrouter',
    otelName: 'openrouter',
    docs: 'https://openrouter.ai/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'deepseek',
    baseUrl: 'https://api.deepseek.com',
    priceId: 'deepseek',
    otelName: 'deepseek',
    docs: 'https://api-docs.deepseek.com/api/create-chat-completion',
  },
  {
    ...hosted,
    kind: 'together',
    baseUrl: 'https://api.together.xyz/v1',
    priceId: 'together',
    otelName: 'together_ai',
    docs: 'https://docs.together.ai/reference/chat-completions-1',
  },
  {
    ...hosted,
    kind: 'fireworks',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    priceId: 'fireworks',
    otelName: 'fireworks',
    docs: 'https://docs.fireworks.ai/api-reference/post-chatcompletions',
  },
  {
    ...hosted,
    kind: 'xai',
    baseUrl: 'https://api.x.ai/v1',
    priceId: 'x-ai',
    otelName: 'x_ai',
    docs: 'https://docs.x.ai/docs/api-reference',
  },
  {
    ...hosted,
    kind: 'huggingface',
    baseUrl: 'https://router.huggingface.co/v1',
    priceId: null,
    otelName: 'huggingface',
    docs: 'https://huggingface.co/docs/inference-providers',
  },
]
