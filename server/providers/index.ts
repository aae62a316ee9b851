import type { Provider } from '../core/ports.ts'
import { ollama } from './ollama.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { sandbox } from './sandbox.ts'
import { VENDORS } from './vendors.ts'

/** Every provider kind by its name in the config. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  [...VENDORS.map(openaiCompatible), ollama, sandbox].map((provider) => [provider.kind, provider]),
)
