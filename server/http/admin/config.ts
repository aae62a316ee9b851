import type { FastifyInstance } from 'fastify'
import type { AdminDeps } from '../context.ts'
import { ConfigState } from './schemas.ts'

/** The running config and, if a newer edit was refused, why. */
export function registerConfig(app: FastifyInstance, deps: AdminDeps): void {
  app.get(
    '/admin/api/config',
    { schema: { summary: 'The running config', response: { 200: ConfigState } } },
    async (): Promise<ConfigState> => {
      const { policy, loadedAt, rejected } = deps.config.status
      return {
        revision: policy.revision,
        file: deps.configFile,
        loaded_at: loadedAt.toISOString(),
        source: policy.source,
        warnings: [...policy.warnings],
        rejected: rejected && { at: rejected.at.toISOString(), problems: [...rejected.problems] },
        routes: [...policy.routes.values()].map(({ name, strategy, targets }) => ({
          name,
          strategy,
          targets: [...targets],
        })),
      }
    },
  )
}
