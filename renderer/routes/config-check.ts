/** Whether a text would do as the config, asked of the gateway when the typing pauses. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ConfigCheck, ConfigProblem } from '../../server/http/admin/schemas.ts'
import { configCheckQuery } from '../queries.ts'

const PAUSE_MS = 250

export interface CheckedText {
  /** The last answer; it may be for an older text. */
  result: ConfigCheck | undefined
  /** The answer is for the text as it stands. */
  isCurrent: boolean
  problems: readonly ConfigProblem[]
  /** Why there is no answer. */
  failure: Error | null
}

const none: readonly ConfigProblem[] = []

export function useConfigCheck(text: string): CheckedText {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data, isPlaceholderData, error } = useQuery({
    ...configCheckQuery(settled),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return {
    result: data,
    isCurrent: data !== undefined && !isPlaceholderData && settled === text,
    problems: data?.ok === false ? data.problems : none,
    failure: error,
  }
}
