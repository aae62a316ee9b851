import type { CacheScope } from '../core/cache.ts'
import type { CachePolicy } from '../core/cache-policy.ts'
import type { Caller } from '../core/caller.ts'
import type { Plan } from '../core/exchange.ts'
import type { GuardPolicy } from '../core/guard-policy.ts'
import type { ProviderPolicy, Target } from '../core/policy.ts'
import { hashOf } from './hash.ts'

/** Raised whenever entries of an older make must not be found any more. */
const VERSION = '1'

export interface ScopeQuestion {
  caller: Caller
  plan: Plan
  cache: CachePolicy
  providers: ReadonlyMap<string, ProviderPolicy>
  /** As the caller says: it can only make the scope narrower. */
  namespace: string | null
}

/**
 * Whose replies a request may be given. The tenant is the key's. What a caller says of itself (user, session,
 * namespace) makes a scope narrower: it is hashed together with the tenant and, as these names are the app's own,
 * with the key. So are the targets that the plan allows: an answer of a model that the route has no more, or that
 * another condition chose, is none for this request. `null` where the route's partition asks for what the request
 * does not say: nobody shares with the nameless.
 */
export function scopeOf({ caller, plan, cache, providers, namespace }: ScopeQuestion): CacheScope | null {
  const { tenant } = caller
  const partition = partitionOf(cache, caller)
  if (partition === null) return null
  const parts = [tenant, plan.route, ...partition, namespace === null ? [] : [namespace], answerers(plan, providers)]
  return {
    hash: hashOf(VERSION, JSON.stringify(parts)),
    tenant,
    route: plan.route,
    partition: cache.partition === 'tenant' ? null : `${cache.partition} ${partition[1]}`,
    namespace,
  }
}

type Parts = readonly (string | null)[]

function partitionOf({ partition }: CachePolicy, { team, user, session, key }: Caller): Parts | null {
  switch (partition) {
    case 'tenant':
      return [partition]
    case 'team':
      return team === null ? null : [partition, team]
    case 'user':
      return user === null ? null : [partition, user, key]
    case 'session':
      return session === null ? null : [partition, session, key]
  }
}

/** Who may answer, in no order: strategies turn it as they like. */
function answerers({ targets, settings }: Plan, providers: ReadonlyMap<string, ProviderPolicy>): string[] {
  const judges = settings.judging?.require.map(({ name }) => `judged by ${name}`) ?? []
  const guards = settings.guarding === null ? [] : [`guarded by ${guardsOf(settings.guarding)}`]
  const answering = targets.map(({ target }) => answererOf(target, providers.get(target.provider)!)).sort()
  return [...answering, ...judges, ...guards]
}

/** Rules are made anew with each revision of the config. */
const knownGuards = new WeakMap<GuardPolicy, string>()

/** All that says what becomes of a request and a reply: one that other rules let pass is none to give. */
function guardsOf(policy: GuardPolicy): string {
  let text = knownGuards.get(policy)
  if (text === undefined) {
    text = JSON.stringify(policy.rules.map(({ kind, guardrail: _, ...rule }) => ({ ...rule, kind: kind.kind })))
    knownGuards.set(policy, text)
  }
  return text
}

/** Targets are made anew with each revision of the config. */
const known = new WeakMap<Target, string>()

function answererOf(target: Target, { kind, baseUrl, options }: ProviderPolicy): string {
  let text = known.get(target)
  if (text === undefined) {
    text = JSON.stringify([target.provider, target.model, kind, baseUrl, options])
    known.set(target, text)
  }
  return text
}
