import { MODEL } from '../replies.ts'
import type { TargetKind } from './target.ts'

/** No proxy: what the load generator and the upstream can do. */
export const direct: TargetKind = {
  name: 'direct',
  async start({ upstream }) {
    return {
      name: 'direct',
      origin: upstream,
      model: MODEL,
      headers: {},
      pid: null,
      answered: 0,
      settle: async () => {},
      stop: async () => {},
    }
  },
}
