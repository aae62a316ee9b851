import type { Inbound, Plan } from '../core/exchange.ts'
import type { OwnCall } from '../core/own-call.ts'
import type { Target } from '../core/policy.ts'
import { DIRECT, type PlanAsk, planNamed, routeName } from './route.ts'

/**
 * Decides for a request of the gateway's own: as the route does or, where it names a target, that one alone with the
 * route's settings, but for what would hide how it does. Throws `unknown_route`.
 */
export function planOwn({ head, dialect }: Inbound, { target, judging, purpose }: OwnCall, ask: PlanAsk): Plan {
  const name = routeName(head.model, dialect.id.startsWith('ollama'), ask.policy)
  const plan = target ? planAlone(name, target, purpose, ask) : apart(planNamed(name, ask), purpose)
  return judging === undefined ? plan : { ...plan, settings: { ...plan.settings, judging } }
}

/** What is run again is neither taken from what callers get nor given to them. */
function apart(plan: Plan, purpose: OwnCall['purpose']): Plan {
  return purpose === 'check' ? plan : { ...plan, settings: { ...plan.settings, ...ALOOF } }
}

const ALOOF = { cache: null, staticReply: null, mirror: null, content: null, priority: 'low' } as const

function planAlone(name: string, target: Target, purpose: string, { policy }: PlanAsk): Plan {
  const route = policy.routes.get(name)
  const usual = route?.settings ?? { ...DIRECT, guarding: policy.directGuarding }
  return {
    route: name,
    strategy: purpose,
    targets: [{ target, why: purpose }],
    reason: purpose,
    settings: {
      ...usual,
      ...ALOOF,
      hedge: null,
      fallbackOnError: false,
      resumeStreams: false,
      judging: usual.judging && { ...usual.judging, escalateTo: null, holdStreams: false },
    },
  }
}
