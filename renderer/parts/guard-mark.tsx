import type { RequestRow } from '../../server/http/admin/schemas.ts'
import { guardMark } from '../guardrails/words.ts'
import { Mark } from './outcome.tsx'

/** Says what a guardrail did to a request or its reply. */
export function GuardMark({ result }: { result: RequestRow }) {
  const mark = guardMark(result)
  return (
    mark && (
      <Mark tone={mark.tone} title={mark.title}>
        {mark.words}
      </Mark>
    )
  )
}
