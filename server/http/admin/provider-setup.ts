import type { FastifyInstance } from 'fastify'
import { isLoopbackHost } from '../../core/addresses.ts'
import { GatewayError } from '../../core/errors.ts'
import type { AdminDeps, HttpDeps } from '../context.ts'
import { recognise, USUAL_PORTS } from './local-servers.ts'
import { probe, toModelRow } from './probe.ts'
import { problemsOf, readDraft } from './provider-draft.ts'
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
      return probe(policy, deps.policy(), admin)
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
    ({ body }) => tryDraft(body, admin),
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
    async ({ body }) => saveDraft(body, admin),
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
    .map(({ kind, traits, dialects, alsoSpeaks, models }) => ({
      kind,
      label: traits.label,
      docs: traits.docs,
      base_url: traits.baseUrl,
      needs_base_url: traits.baseUrl === null,
      needs_key: traits.needsKey,
      self_hosted: traits.selfHosted,
      lists_models: models !== undefined,
      dialects: [...dialects, ...(alsoSpeaks ?? [])],
      options: Object.entries(traits.options).map(([name, { type, description }]) => ({ name, type, description })),
    }))
}

async function tryDraft(body: shapes.ProviderDraft, admin: AdminDeps): Promise<shapes.DraftResult> {
  const draft = readDraft(body, admin)
  if (!draft.good) return { problems: draft.problems, in_file: draft.inFile, probe: null }
  const { provider, policy } = draft
  return {
    problems: [],
    in_file: false,
    probe: await probe(provider, policy, admin),
  }
}

function saveDraft(body: shapes.ProviderDraft, admin: AdminDeps): shapes.SaveResult {
  const draft = readDraft(body, admin)
  const refused = { saved: false, revision: null, yaml: null }
  if (!draft.good) return { ...refused, problems: draft.problems, in_file: draft.inFile }
  const { source, yaml } = draft
  try {
    admin.config.save(source)
  } catch (error) {
    return { ...refused, problems: problemsOf(error, 'the config file cannot be written'), in_file: true, yaml }
  }
  return { saved: true, revision: admin.config.current().revision, problems: [], in_file: false, yaml }
}

async function findLocal(further: readonly number[], deps: HttpDeps): Promise<shapes.LocalSearchResult> {
  const { admin } = deps
  const ports = [...new Set([...USUAL_PORTS, ...further])].filter((port) => port !== admin.address().port)
  const found = await Promise.all(ports.map((port) => recognise(port, admin.send)))
  const configured = [...deps.policy().providers.values()]
  const data = found.flatMap((server): shapes.LocalServer[] => {
    if (!server) return []
    const { kind, baseUrl, version, models } = server
    return [
      {
        kind,
        label: admin.providers.get(kind)!.traits.label,
        base_url: baseUrl,
        version,
        models: models.map((model) => toModelRow(model, null)),
        configured_as: configured.find((policy) => isSameServer(policy.baseUrl, baseUrl))?.id ?? null,
      },
    ]
  })
  return { data, ports }
}

/** A found server is on loopback, which has more than one name. */
function isSameServer(configured: string | null, found: string): boolean {
  if (configured === null) return false
  const { port, hostname } = new URL(configured)
  return port === new URL(found).port && isLoopbackHost(hostname)
}
