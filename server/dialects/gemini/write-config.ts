import type { ChatRequest } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { type Json, present } from '../members.ts'
import { NUMBERS } from './read-config.ts'
import { writeThinking } from './thinking.ts'

/** The `generationConfig` of a request, `more` being the members that only Gemini has. */
export function writeConfig(request: ChatRequest, model: string, more: Json, lost: Lost): Json {
  const { sampling, output } = request
  const { thinkingConfig, ...rest } = more
  const config: Json = { ...rest }
  for (const [ours, theirs] of NUMBERS) if (sampling[ours] !== undefined) config[theirs] = sampling[ours]
  if (sampling.stop !== undefined && sampling.stop.length > 0) config.stopSequences = sampling.stop
  if (sampling.logprobs !== undefined) config.responseLogprobs = true
  if (sampling.logprobs) config.logprobs = sampling.logprobs
  if (output.type !== 'text') config.responseMimeType = 'application/json'
  // Unlike `responseSchema` it takes real JSON Schema.
  if (output.type === 'json-schema') config.responseJsonSchema = output.schema
  const thinking = { ...(thinkingConfig as Json | undefined), ...writeThinking(request, model, lost) }
  if (Object.keys(thinking).length > 0) config.thinkingConfig = thinking
  return present(config)
}
