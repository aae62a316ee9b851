/**
 * The effort that a number of tokens to think with stands for, as Google puts the two side by side:
 * https://ai.google.dev/gemini-api/docs/openai#thinking
 */
export function effortOf(budget: number | undefined): 'none' | 'low' | 'medium' | 'high' | undefined {
  if (budget === undefined || budget < 0) return undefined
  if (budget === 0) return 'none'
  return budget <= 1024 ? 'low' : budget <= 8192 ? 'medium' : 'high'
}
