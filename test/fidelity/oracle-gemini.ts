import type { Json } from '../support/gateway.ts'
import { finishOf, type Meaning, meaningOf } from './meaning.ts'

const FINISH = { STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'content-filter', RECITATION: 'content-filter' } as const
const HOSTED = ['executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse']

/** The meaning of one `GenerateContentResponse`, or of those of a stream. Its output leaves out thoughts. */
export function readGemini(frames: readonly Json[]): Meaning {
  const candidates = frames.flatMap((frame) => frame.candidates ?? []).filter(({ index = 0 }) => index === 0)
  const parts: Json[] = candidates.flatMap(({ content }) => content?.parts ?? [])
  const usage = frames.findLast((frame) => frame.usageMetadata)?.usageMetadata
  return meaningOf({
    text: parts.map(({ text = '', thought }) => (thought ? '' : text)).join(''),
    reasoning: parts.map(({ text = '', thought }) => (thought ? text : '')).join(''),
    toolCalls: parts.flatMap(({ functionCall: call }) =>
      call ? [{ id: call.id ?? null, name: call.name, arguments: call.args ?? {} }] : [],
    ),
    finish: finishOf(candidates.findLast(({ finishReason }) => finishReason)?.finishReason, FINISH),
    usage: usage
      ? {
          input: usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0),
          cacheRead: usage.cachedContentTokenCount ?? 0,
          output: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
          reasoning: usage.thoughtsTokenCount ?? 0,
        }
      : null,
    id: frames.find(({ responseId }) => responseId)?.responseId ?? null,
    model: frames.find(({ modelVersion }) => modelVersion)?.modelVersion ?? null,
    citations: candidates
      .flatMap(({ groundingMetadata: grounding }) => grounding?.groundingChunks ?? [])
      .map((chunk: Json) => chunk.web?.uri || chunk.web?.title || chunk.retrievedContext?.title),
    hosted: parts.flatMap((part) => HOSTED.filter((name) => part[name])),
    state: parts.flatMap(({ thoughtSignature }) => thoughtSignature ?? []),
  })
}
