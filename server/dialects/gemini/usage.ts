import { promptTokens, type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import { isObject, objectsOf } from '../members.ts'

/**
 * Gemini's `usageMetadata` (https://ai.google.dev/api/generate-content#UsageMetadata): the prompt's count includes
 * cached tokens, the candidates' excludes thoughts, and what built-in tools fed back counts as input. `null` when it
 * has no count.
 */
export function readUsage(value: unknown): Usage | null {
  if (!isObject(value) || typeof value.promptTokenCount !== 'number') return null
  const cacheRead = countOf(value.cachedContentTokenCount)
  const reasoning = countOf(value.thoughtsTokenCount)
  return usageOf(
    {
      input: Math.max(0, countOf(value.promptTokenCount) - cacheRead) + countOf(value.toolUsePromptTokenCount),
      cacheRead,
      output: countOf(value.candidatesTokenCount) + reasoning,
      reasoning,
      audioInput: audio(value.promptTokensDetails),
      audioOutput: audio(value.candidatesTokensDetails),
    },
    value,
  )
}

/** The `usageMetadata` of a reply: Gemini's own object where the usage came from there. */
export function writeUsage(usage: Usage): Record<string, unknown> {
  if (isObject(usage.raw) && typeof usage.raw.promptTokenCount === 'number') return usage.raw
  const prompt = promptTokens(usage)
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: Math.max(0, usage.output - usage.reasoning),
    totalTokenCount: prompt + usage.output,
    ...(usage.reasoning > 0 ? { thoughtsTokenCount: usage.reasoning } : {}),
    ...(usage.cacheRead > 0 ? { cachedContentTokenCount: usage.cacheRead } : {}),
  }
}

function audio(details: unknown): number {
  return objectsOf(details)
    .filter(({ modality }) => modality === 'AUDIO')
    .reduce((sum, { tokenCount }) => sum + countOf(tokenCount), 0)
}
