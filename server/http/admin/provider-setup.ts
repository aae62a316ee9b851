import type { FastifyInstance } from 'fastify'
import { addProvider } from '../../config/edit.ts'
import { ConfigError } from '../../config/problems.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ProviderPolicy } from '../../core/policy.ts'
import type { AdminDeps, HttpDeps } from '../context.ts'
import { recognise, USUAL_PORTS } from './local-servers.ts'
import { probe, toModelRow } from './probe.ts'
import * as shapes from './provider-schemas.ts'

/** Asking providers for their models, adding one, finding those on this machine. */
export function registerProviderSetup(app: FastifyInstance, deps: HttpDeps): void {
  const { admin } = deps
  app.get(
    '/admin/api/provider-kinds',
    { schema: { summary: 'What can be added as a provider', response: { 200: shapes.ProviderKindList } } },
    async () => ({ data: kindsOf(admin) }),
  )
  app.get<{ Params: { id: string } }>(
    '/admin/api/providers/:id/models',
    { schema: { summary: 'Ask a provider for its models', response: { 200: shapes.ProbeResult } } },
    async (request) => {
      const policy = deps.policy().providers.get(request.params.id)
      if (!policy) throw new GatewayError('not_found', `There is no provider "${request.params.id}".`)
      return probe(policy, admin)
    },
  )
  app.post<{ Body: shapes.ProviderDraft }>(
    '/admin/api/provider-tests',
    {
      schema: {
        summary: 'Try a provider before it is added',
        body: shapes.ProviderDraft,
        response: { 200: shapes.DraftResult },
      },
    },
    async ({ body }): Promise<shapes.DraftResult> => {
      const draft = compileDraft(body, deps)
      return Array.isArray(draft)
        ? { problems: draft, probe: null }
        : { problems: [], probe: await probe(draft, admin) }
    },
  )
  app.post<{ Body: shapes.ProviderDraft }>(
    '/admin/api/providers',
    {
      schema: {
        summary: 'Add a provider to the config file',
        body: shapes.ProviderDraft,
        response: { 200: shapes.SaveResult },
      },
    },
    async ({ body }): Promise<shapes.SaveResult> => {
      const draft = compileDraft(body, deps)
      if (Array.isArray(draft)) return { saved: false, revision: null, problems: draft }
      admin.config.save(withDraft(body, deps))
      return { saved: true, revision: deps.policy().revision, problems: [] }
    },
  )
  app.post<{ Body: { ports?: number[] } }>(
    '/admin/api/local-models',
    {
      schema: {
        summary: 'Look for model servers on this machine',
        body: shapes.LocalSearch,
        response: { 200: shapes.LocalSearchResult },
      },
    },
    async ({ body }) => findLocal(body.ports ?? [], deps),
  )
}

function kindsOf({ providers }: AdminDeps): shapes.ProviderKindRow[] {
  return [...providers.values()]
    .filter(({ traits }) => !traits.synthetic)
    .map(({ kind, traits, dialects, alsoSpeaks }) => ({
      kind,
      label: traits.label,
      docs: traits.docs,
      base_url: traits.baseUrl,
      needs_base_url: traits.baseUrl === null,
      needs_key: traits.needsKey,
      self_hosted: traits.selfHosted,
      dialects: [...dialects, ...(alsoSpeaks ?? [])],
      options: Object.entries(traits.options).map(([name, { type, description }]) => ({ name, type, description })),
    }))
}

type Problems = shapes.DraftResult['problems']

/** The provider that a draft would be, or what is wrong with it. */
function compileDraft(draft: shapes.ProviderDraft, deps: HttpDeps): ProviderPolicy | Problems {
  if (deps.policy().providers.has(draft.id)) return [problem(`There is a provider "${draft.id}" already.`)]
  try {
    return deps.admin.config.compile(withDraft(draft, deps)).providers.get(draft.id)!
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems]
    throw error
  }
}

/** Built on the file as it is on disk, so that an edit which is being made by hand is not undone. */
function withDraft({ id, provider }: shapes.ProviderDraft, { admin }: HttpDeps): string {
  return addProvider(admin.config.sourceOnDisk(), id, provider)
}

function problem(message: string): Problems[number] {
  return { path: 'providers', message, suggestion: null, line: 1, column: 1 }
}

async function findLocal(further: readonly number[], deps: HttpDeps): Promise<shapes.LocalSearchResult> {
  const { admin } = deps
  const ports = [...new Set([...USUAL_PORTS, ...further])].filter((port) => port !== admin.address().port)
  const found = await Promise.all(ports.map((port) => recognise(port, admin.send)))
  const configured = [...deps.policy().providers.values()]
  const data = found.flatMap((server): shapes.LocalServer[] => {
    if (!server) return []
    const { kind, baseUrl, version, models } = server
    const same = configured.find((policy) => isSameServer(policy.baseUrl, baseUrl))
    return [
      {
        kind,
        label: admin.providers.get(kind)!.traits.label,
        base_url: baseUrl,
        version,
        models: models.map((model) => toModelRow(model, null)),
        configured_as: same?.id ?? null,
      },
    ]
  })
  return { data, ports }
}

function isSameServer(left: string | null, right: string): boolean {
  if (left === null) return false
  const [one, other] = [new URL(left), new URL(right)]
  const loopback = ['127.0.0.1', 'localhost', '[::1]']
  return one.port === other.port && loopback.includes(one.hostname)
}
