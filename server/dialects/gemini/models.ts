/** What of a request depends on the model's generation: https://ai.google.dev/gemini-api/docs/gemini-3 */

/** The major and minor version in a Gemini model's name; `null` where it says none, e.g. `gemini-flash-latest`. */
function versionOf(model: string): number | null {
  const match = /gemini-(\d+(?:\.\d+)?)/i.exec(model)
  return match ? Number(match[1]) : null
}

/** Gemini models of the third generation and later; names without a version stand for the latest. */
export function isThirdGeneration(model: string): boolean {
  const version = versionOf(model)
  return version === null ? /gemini-.*latest/i.test(model) : version >= 3
}

/** Gemini models that came before thought signatures were demanded. */
export function isOlderGemini(model: string): boolean {
  const version = versionOf(model)
  return version !== null && version < 3
}

/** They take files by Google's own addresses alone: https://ai.google.dev/gemini-api/docs/file-input-methods */
export function takesPublicUrls(model: string): boolean {
  const version = versionOf(model)
  return version === null || version >= 2.5
}

/** `level`: words for how much to think; `budget`: tokens to think with; `null`: no thinking to steer. */
export function thinkingControl(model: string): 'level' | 'budget' | null {
  if (isThirdGeneration(model)) return 'level'
  const version = versionOf(model)
  return version !== null && version >= 2.5 ? 'budget' : null
}

export type ThinkingLevel = 'minimal' | 'low' | 'medium' | 'high'

/**
 * The levels that models take; others answer 400. The first row that fits counts.
 * https://ai.google.dev/gemini-api/docs/generate-content/thinking#thinking-levels
 */
const LEVELS: readonly (readonly [RegExp, readonly ThinkingLevel[]])[] = [
  [/gemini-3.*-flash.*image/i, ['minimal', 'high']],
  [/gemini-3(\.[1-6])?-flash/i, ['minimal', 'low', 'medium', 'high']],
  [/gemini-3-pro/i, ['low', 'high']],
  [/./, ['low', 'medium', 'high']],
]

const ORDER: readonly ThinkingLevel[] = ['minimal', 'low', 'medium', 'high']

/** The wanted level, or the next higher one that the model takes. */
export function nearestLevel(model: string, wanted: ThinkingLevel): ThinkingLevel {
  const levels = LEVELS.find(([pattern]) => pattern.test(model))?.[1] ?? ORDER
  return levels.find((level) => ORDER.indexOf(level) >= ORDER.indexOf(wanted)) ?? 'high'
}

/**
 * Fewest and most tokens to think with, and whether 0 turns it off.
 * https://ai.google.dev/gemini-api/docs/generate-content/thinking#set-budget
 */
export function budgetLimits(model: string): { least: number; most: number; off: boolean } {
  if (/flash-lite/i.test(model)) return { least: 512, most: 24_576, off: true }
  if (/flash/i.test(model)) return { least: 1, most: 24_576, off: true }
  return { least: 128, most: 32_768, off: false }
}
