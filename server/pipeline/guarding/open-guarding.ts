import type { KeyObject } from 'node:crypto'
import type { Worker } from 'node:worker_threads'
import type { GuardContext, GuardServices, GuardText } from '../../core/guardrail.ts'
import { guardRulesOf, type Policy } from '../../core/policy.ts'
import { guardrails } from '../../guardrails/index.ts'
import { inspectElsewhere } from './elsewhere.ts'
import { excerpter } from './excerpt.ts'
import { Inspector } from './inspector.ts'
import { guardServices, type ServiceParts } from './services.ts'
import type { GuardDeps } from './session.ts'

export interface GuardParts extends ServiceParts {
  /** Starts a thread for large texts. */
  spawn(): Worker
  hashKey: KeyObject
}

/** What guarding is done with, wired. */
export interface OpenGuarding extends GuardDeps {
  /** Loads what the policy's guardrails need, here and in the thread for large texts, so that no request waits for it. */
  warm(policy: Policy): void
  close(): Promise<void>
}

export function openGuarding(parts: GuardParts): OpenGuarding {
  const elsewhere = inspectElsewhere(parts.spawn)
  return {
    inspector: new Inspector(elsewhere.inspect),
    servicesFor: (exchange) => guardServices(parts, exchange),
    hashKey: parts.hashKey,
    excerptOf: excerpter(() => FINDERS.flatMap((kind) => guardrails.get(kind)?.create({}) ?? []), plainContext()),
    warm(policy) {
      const rules = guardRulesOf(policy).filter(({ kind }) => kind.cost === 'process')
      for (const rule of rules) void rule.guardrail.inspect(WARMING, plainContext())
      for (const rule of rules) elsewhere.inspect(rule, WARMING, plainContext()).catch(() => {})
    },
    close: elsewhere.close,
  }
}

/** A text that most guardrails have to look at closely. */
const WARMING: GuardText = { text: 'Ada says: call +44 20 7946 0958, key = "none".', origin: 'user', place: '' }

/** What must not stand in an excerpt. */
const FINDERS = ['pii', 'secrets'] as const

/** These finders look at nothing but the text. */
function plainContext(): GuardContext {
  return {
    stage: 'pre',
    tenant: '',
    route: '',
    systemPrompt: '',
    tools: [],
    signal: new AbortController().signal,
    services: {} as GuardServices,
  }
}
