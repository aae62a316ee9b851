import type { Vendor } from './vendors.ts'

const hosted = { auth: 'bearer', needsKey: true, selfHosted: false, quirks: {}, models: '/models' } as const

/** OpenAI-compatible doors of vendors with an API of their own, and vendors that speak little besides chat. */
export const MORE_VENDORS: readonly Vendor[] = [
  {
    ...hosted,
    kind: 'bedrock-openai',
    label: 'Amazon Bedrock (OpenAI-compatible)',
    // One address a region, so that nobody sends data to a region unawares.
    baseUrl: null,
    priceId: 'aws',
    otelName: 'aws.bedrock',
    dialects: ['openai-chat'],
    alsoSpeaks: ['openai-responses'],
    docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html',
  },
  {
    ...hosted,
    kind: 'gemini-openai',
    label: 'Google Gemini (OpenAI-compatible)',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    priceId: 'google',
    otelName: 'gcp.gemini',
    dialects: ['openai-chat', 'openai-embeddings', 'openai-images'],
    docs: 'https://ai.google.dev/gemini-api/docs/openai',
  },
  {
    ...hosted,
    kind: 'cerebras',
    label: 'Cerebras',
    baseUrl: 'https://api.cerebras.ai/v1',
    priceId: 'cerebras',
    otelName: 'cerebras',
    dialects: ['openai-chat', 'openai-completions'],
    docs: 'https://inference-docs.cerebras.ai/api-reference/chat-completions',
  },
  {
    ...hosted,
    kind: 'perplexity',
    label: 'Perplexity',
    baseUrl: 'https://api.perplexity.ai',
    priceId: 'perplexity',
    otelName: 'perplexity',
    quirks: { maxTokens: 'max_tokens' },
    models: null,
    dialects: ['openai-chat'],
    docs: 'https://docs.perplexity.ai/api-reference/chat-completions-post',
  },
  {
    ...hosted,
    kind: 'nvidia',
    label: 'NVIDIA NIM',
    baseUrl: 'https://integrate.api.nvidia.com/v1',
    priceId: null,
    otelName: 'nvidia',
    quirks: { maxTokens: 'max_tokens' },
    dialects: ['openai-chat', 'openai-completions', 'openai-embeddings'],
    docs: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
  },
  {
    ...hosted,
    kind: 'moonshot',
    label: 'Moonshot AI (Kimi)',
    baseUrl: 'https://api.moonshot.ai/v1',
    priceId: 'moonshotai',
    otelName: 'moonshot_ai',
    quirks: { maxTokens: 'max_tokens', reasoning: 'reasoning_content' },
    dialects: ['openai-chat'],
    docs: 'https://platform.moonshot.ai/docs/api/chat',
  },
]
