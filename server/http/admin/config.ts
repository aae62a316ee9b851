import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { revisionOf } from '../../config/load.ts'
import { ConfigError } from '../../config/problems.ts'
import { GatewayError } from '../../core/errors.ts'
import type { Policy } from '../../core/policy.ts'
import type { AdminDeps, HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { ConfigCheck, ConfigDraft, ConfigEdit, ConfigRefusal, ConfigSaved, ConfigState } from './config-schemas.ts'
import { guardChanges } from './guardrail-changes.ts'
import { problemsOf } from './provider-draft.ts'

/** More than any file that a person keeps; the rest of the admin API takes less. */
const LARGEST_FILE = 8 * 1024 * 1024

/** The running config; trying a text, and running one in its place. */
export function registerConfig(app: FastifyInstance, http: HttpDeps): void {
  const deps = http.admin
  app.get(
    '/admin/api/config',
    { schema: { summary: 'The running config', response: { 200: ConfigState } } },
    async () => stateOf(deps),
  )
  app.get(
    '/admin/api/config/schema',
    {
      schema: {
        summary: 'What may stand in the config file, as JSON Schema',
        response: { 200: Type.Record(Type.String(), Type.Unknown()) },
      },
    },
    async () => deps.configSchema as Record<string, unknown>,
  )
  app.put<{ Body: ConfigEdit }>(
    '/admin/api/config',
    {
      bodyLimit: LARGEST_FILE,
      schema: {
        summary: 'Run another text as the config',
        description:
          'Writes the file in one step. Requests under way keep the policy that they began with. It stands in the audit trail.',
        body: ConfigEdit,
        response: { 200: ConfigSaved, 400: ConfigRefusal },
      },
    },
    async (request, reply) => {
      const before = deps.config.current()
      const outcome = save(request.body, deps)
      if (!('error' in outcome)) outcome.warnings.push(...(await note(before, deps, actorOf(request, http))))
      return reply.code('error' in outcome ? 400 : 200).send(outcome)
    },
  )
  app.post<{ Body: ConfigDraft }>(
    '/admin/api/config/check',
    {
      bodyLimit: LARGEST_FILE,
      schema: {
        summary: 'What a text would be as the config; nothing is written',
        body: ConfigDraft,
        response: { 200: ConfigCheck },
      },
    },
    async ({ body }) => check(body.source, deps),
  )
}

function stateOf({ config, configFile }: AdminDeps): ConfigState {
  const { policy, loadedAt, rejected } = config.status
  return {
    ...outline(policy),
    file: configFile,
    loaded_at: loadedAt.toISOString(),
    source: policy.source,
    disk_revision: diskRevision(config),
    rejected: rejected && { at: rejected.at.toISOString(), problems: [...rejected.problems] },
  }
}

function check(source: string, { config }: AdminDeps): ConfigCheck {
  try {
    return { ok: true, ...outline(config.compile(source)) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { ok: false, problems: [...error.problems] }
  }
}

/** Throws `conflict` where the file is not the one that the text was made from. */
function save({ source, base_revision: base }: ConfigEdit, { config }: AdminDeps): ConfigSaved | ConfigRefusal {
  if (diskRevision(config) !== base) {
    // What is there now is what the next look at the config shows.
    config.reload()
    throw new GatewayError('conflict', 'The config file was changed by someone else since this text was begun.', {
      hint: 'Compare with what is there now, and save again from that.',
    })
  }
  try {
    config.save(source)
  } catch (error) {
    const problems = problemsOf(error, 'the config file cannot be written')
    const message = error instanceof ConfigError ? 'The text is refused as the config.' : `${problems[0]!.message}.`
    return { error: { code: 'invalid_request', message, hint: 'What ran before goes on running.' }, problems }
  }
  return outline(config.current())
}

/** Writes it down in the audit trail. It runs already: where that fails, a warning says so. */
async function note(before: Policy, { config, desk }: AdminDeps, actor: string): Promise<string[]> {
  const now = config.current()
  const detail = { from: before.revision, to: now.revision, guardrails: guardChanges(before, now) }
  try {
    await desk.ask({ type: 'note', action: 'config-save', detail, actor, at: Date.now() })
    return []
  } catch (error) {
    return [`the audit trail could not be written: ${(error as Error).message}`]
  }
}

function outline(policy: Policy): ConfigSaved {
  return {
    revision: policy.revision,
    warnings: [...policy.warnings],
    routes: [...policy.routes.values()].map(({ name, strategy, targets }) => ({
      name,
      strategy,
      targets: [...targets],
    })),
  }
}

function diskRevision(config: AdminDeps['config']): string | null {
  try {
    return revisionOf(config.sourceOnDisk())
  } catch {
    return null
  }
}
