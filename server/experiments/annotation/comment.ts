import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'

/** Characters of a comment. */
export const LONGEST_COMMENT = 2000

/** A comment without secrets and personal data; `null` for one that says nothing. */
export async function cleanComment(clean: CleanContent, comment: string | null): Promise<string | null> {
  const text = comment?.trim() ?? ''
  if (text === '') return null
  const cleaned = await clean({ request: null, reply: { text, refusal: '', toolCalls: [], finishReason: null } })
  return cleaned?.reply?.text ?? null
}
