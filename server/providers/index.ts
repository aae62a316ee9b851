import type { Provider } from '../core/ports.ts'
import { anthropic } from './anthropic.ts'
import { bedrock } from './bedrock.ts'
import { cohere } from './cohere.ts'
import { geminiProvider } from './gemini.ts'
import { livekit } from './livekit.ts'
import { MORE_VENDORS } from './more-vendors.ts'
import { ollama } from './ollama.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { sandbox } from './sandbox.ts'
import { cartesia, elevenlabs } from './speech.ts'
import { VENDORS } from './vendors.ts'

const ALL: readonly Provider[] = [
  ...[...VENDORS, ...MORE_VENDORS].map(openaiCompatible),
  ollama,
  anthropic,
  geminiProvider,
  bedrock,
  cohere,
  elevenlabs,
  cartesia,
  livekit,
  sandbox,
]

/** Every provider kind by its name in the config. */
export const providers: ReadonlyMap<string, Provider> = new Map(ALL.map((provider) => [provider.kind, provider]))
