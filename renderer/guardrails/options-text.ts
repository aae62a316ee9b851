/** Options of a guardrail as they are typed: one JSON object, or nothing. */
export function readOptions(text: string): { value: Record<string, unknown>; problem: string | null } {
  if (text.trim() === '') return { value: {}, problem: null }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown>, problem: null }
    return { value: {}, problem: 'Options are one JSON object.' }
  } catch (error) {
    return { value: {}, problem: `This is not JSON: ${(error as Error).message}` }
  }
}
