import { createHash } from 'node:crypto'
import { LineCounter, parseDocument } from 'yaml'
import { readAllowList } from '../core/addresses.ts'
import { type EgressPolicy, guardRulesOf, type Policy, type ProviderPolicy, type RoutePolicy } from '../core/policy.ts'
import type { Catalogue } from './catalogue.ts'
import { compileAnnotation } from './compile-annotation.ts'
import { compileCacheLimits } from './compile-cache.ts'
import { compileRules, guardingOf } from './compile-guardrails.ts'
import { compileProvider } from './compile-provider.ts'
import { compileRoute } from './compile-route.ts'
import { ConfigError, ProblemList } from './problems.ts'
import { type ConfigDocument, configSchema, type ProviderDocument } from './schema.ts'
import type { ResolveSecret } from './secrets.ts'
import { readDuration, readSize } from './units.ts'
import { validateShape } from './validate.ts'

/** Whoever stops a service does not wait longer. */
const LONGEST_DRAIN_MS = 3_600_000

/** The built-in provider that every config has. */
const SANDBOX: ProviderDocument = { kind: 'sandbox' }

/**
 * Reads the text of a config file: YAML → shape → references → policy. Throws a ConfigError with every problem
 * found, each with line, column and, where one is near, a suggestion.
 */
export function compileConfig(source: string, catalogue: Catalogue, resolve: ResolveSecret): Policy {
  const lines = new LineCounter()
  const yaml = parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const problems = new ProblemList(yaml, lines)
  const refuseIfAny = () => {
    if (problems.problems.length > 0) throw new ConfigError(problems.problems)
  }
  for (const error of yaml.errors) {
    const { line, col } = lines.linePos(error.pos[0])
    problems.problems.push({ path: '', message: error.message, suggestion: null, line, column: col })
  }
  refuseIfAny()
  const document = toPlain(yaml, problems)
  refuseIfAny()
  validateShape(configSchema(catalogue), document, problems)
  refuseIfAny()
  const policy = compileDocument(document as ConfigDocument, source, catalogue, resolve, problems)
  refuseIfAny()
  return policy
}

/** The revision of a text: the first 12 hex digits of its SHA-256. */
export function revisionOf(source: string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 12)
}

function toPlain(yaml: ReturnType<typeof parseDocument>, problems: ProblemList): unknown {
  try {
    const document: unknown = yaml.toJS({ maxAliasCount: 100 })
    if (typeof document !== 'object' || document === null || Array.isArray(document))
      problems.add([], 'the file must be a map that begins with `version: 1`')
    return document
  } catch (error) {
    problems.add([], (error as Error).message)
    return null
  }
}

function compileDocument(
  document: ConfigDocument,
  source: string,
  catalogue: Catalogue,
  resolve: ResolveSecret,
  problems: ProblemList,
): Policy {
  const egress = compileEgress(document.egress, problems)
  const secrets: string[] = []
  const keep: ResolveSecret = (kind, name) => {
    const secret = resolve(kind, name)
    secrets.push(secret)
    return secret
  }
  const sealed = egress.mode === 'sealed' ? readAllowList(egress.allow) : null
  const providers = new Map<string, ProviderPolicy>()
  for (const [id, provider] of Object.entries({ sandbox: SANDBOX, ...document.providers }))
    providers.set(id, compileProvider(id, provider, { catalogue, resolve: keep, problems, sealed }))
  const { evaluators, guardrails } = catalogue
  const names = Object.keys(document.routes)
  const context = { providers, evaluators, guardrails, routes: names, resolve: keep, problems }
  const sharedRules = compileRules(document.guardrails ?? [], ['guardrails'], context)
  const routes = new Map<string, RoutePolicy>()
  for (const [name, route] of Object.entries(document.routes))
    routes.set(name, compileRoute(name, route, { ...context, sharedRules }))
  if (routes.size === 0) problems.add(['routes'], 'there is no route, so apps could call nothing')
  const directGuarding = guardingOf({}, sharedRules)
  const server = document.server ?? {}
  return {
    revision: revisionOf(source),
    source,
    anonymous: document.anonymous ?? 'loopback',
    directAccess: document.direct_access ?? false,
    server: {
      hosts: (server.hosts ?? []).map((host) => host.toLowerCase()),
      origins: server.origins ?? [],
      maxBody: readSize(server.max_body ?? '32MB'),
      maxReply: readSize(server.max_reply ?? '64MB'),
      maxRequests: server.max_requests ?? 20_000,
      maxBuffered: readSize(server.max_buffered ?? '512MB'),
      drainMs: readDrain(server.drain ?? '30s', problems),
    },
    egress,
    cache: compileCacheLimits(document.cache ?? {}, { providers, catalogue, problems }),
    providers,
    routes,
    secrets,
    directGuarding,
    annotation: compileAnnotation(document.annotation ?? {}, { routes, problems }),
    warnings: [...providerWarnings(providers), ...guardWarnings({ routes, directGuarding })],
  }
}

function providerWarnings(providers: ReadonlyMap<string, ProviderPolicy>): string[] {
  return [...providers.values()]
    .filter((provider) => provider.problem !== null)
    .map((provider) => `provider ${provider.id} cannot be called: ${provider.problem}`)
}

function guardWarnings(guarded: Pick<Policy, 'routes' | 'directGuarding'>): string[] {
  return guardRulesOf(guarded)
    .filter(({ problem }) => problem !== null)
    .map(({ name, problem }) => `guardrail ${name} cannot tell anything: ${problem}`)
}

function readDrain(text: string, problems: ProblemList): number {
  const duration = readDuration(text)
  if (duration > LONGEST_DRAIN_MS) problems.add(['server', 'drain'], `"${text}" is longer than an hour`)
  return duration
}

function compileEgress(document: ConfigDocument['egress'], problems: ProblemList): EgressPolicy {
  const allow = document?.allow ?? []
  const good = allow.filter((entry, index) => {
    try {
      readAllowList([entry])
      return true
    } catch (error) {
      problems.add(['egress', 'allow', index], (error as Error).message)
      return false
    }
  })
  return { mode: document?.mode ?? 'open', allow: good }
}
