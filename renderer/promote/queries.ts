/** What the promote panel reads and does. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { auditQuery, configQuery, queryClient, routesQuery } from '../queries.ts'

/** The live verdict of a promotion under way moves with every reply. */
const RUNNING_MS = 2000
const QUIET_MS = 10_000

/** A route's promotions, newest first. */
export const promotionsQuery = (route: string) =>
  queryOptions({
    queryKey: ['promotions', route],
    queryFn: ({ signal }) => api.promotions(route, signal),
    refetchInterval: ({ state }) => (state.data?.data.some(isRunning) ? RUNNING_MS : QUIET_MS),
  })

export function isRunning({ state }: Pick<PromotionRow, 'state'>): boolean {
  return state === 'running'
}

/** What promoting would change; asked again while somebody reads it, as file and verdict move on. */
export const planQuery = (experiment: string, refetchInterval: number | false) =>
  queryOptions({
    queryKey: ['promotion-plan', experiment],
    queryFn: ({ signal }) => api.promotionPlan(experiment, signal),
    retry: false,
    refetchInterval,
  })

/** A step on, all the way back, or the end. */
export function useChange() {
  return useMutation({ mutationFn: api.changePromotion, onSettled: readPromotionsAgain })
}

/** Reads again what a change of a promotion changes, the config file first of all. */
export function readPromotionsAgain(): void {
  for (const queryKey of [
    ['promotions'],
    ['promotion-plan'],
    routesQuery.queryKey,
    configQuery.queryKey,
    auditQuery.queryKey,
  ])
    void queryClient.invalidateQueries({ queryKey })
}
