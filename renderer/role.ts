import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from './queries.ts'

/** True for whoever may only read: what changes something, or quotes what guardrails found, is not offered. */
export function useIsViewer(): boolean {
  return useQuery(sessionQuery).data?.role === 'viewer'
}
