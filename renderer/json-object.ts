/** A JSON object as it is typed. `otherwise` is what to say of JSON that is none. */
export function readJsonObject(
  text: string,
  otherwise: string,
): { value: Record<string, unknown>; problem: string | null } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown>, problem: null }
    return { value: {}, problem: otherwise }
  } catch (error) {
    return { value: {}, problem: `This is not JSON: ${(error as Error).message}` }
  }
}
