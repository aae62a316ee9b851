import { readFileSync } from 'node:fs'
import { secretResolver } from '../config/secrets.ts'
import { GatewayError } from '../core/errors.ts'
import type { OwnGateway } from '../egress/own-admin.ts'
import { type Home, openHome } from '../home.ts'
import { explainRequest } from '../http/admin/explain.ts'
import type { Explanation } from '../http/admin/explain-schemas.ts'
import { redacted } from '../http/admin/explanation.ts'
import { readFlags, readHome, UsageError } from '../options.ts'
import { redactor } from '../telemetry/redact.ts'
import { readPolicy } from './config-file.ts'
import { explanationText } from './explain-text.ts'
import { offlineGateway } from './offline.ts'
import { ownGateway } from './own-gateway.ts'

export const EXPLAIN_USAGE = 'gatehouse explain --route R FILE [--surface S] [--tenant T] [--metadata JSON] [--json]'

/** What would happen to the request in a file: the running gateway says it, or without one the config alone. */
export async function explainCommand(args: readonly string[]): Promise<string> {
  const { values, switches, positionals } = readFlags(
    args,
    ['home', 'route', 'surface', 'tenant', 'metadata'],
    ['json'],
  )
  const [file] = positionals
  if (values.route === undefined || file === undefined || positionals.length > 1)
    throw new UsageError(`Usage: ${EXPLAIN_USAGE}`)
  const body = bodyOf(readRequest(file), values)
  const home = openHome(readHome(values.home, process.env), null)
  const gateway = ownGateway(home)
  const told = gateway && (await askGateway(gateway, values.route, body))
  const explanation = told ?? explainOffline(home, values.route, body)
  return switches.has('json') ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation, home.folder)
}

/** `-` reads standard input. Throws a UsageError for what is no JSON object. */
function readRequest(file: string): Record<string, unknown> {
  const name = file === '-' ? 'standard input' : file
  try {
    const json: unknown = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
    if (isObject(json)) return json
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`)
  }
  throw new UsageError(`${name}: a request is one JSON object.`)
}

/** As the admin API takes it: flags stand before what the file says itself. */
function bodyOf(
  json: Record<string, unknown>,
  { surface, tenant, metadata }: { surface?: string; tenant?: string; metadata?: string },
): Record<string, unknown> {
  const envelope = isObject(json.request) ? json : { request: json }
  const caller = {
    ...(isObject(envelope.caller) ? envelope.caller : {}),
    ...(tenant === undefined ? {} : { tenant }),
    ...(metadata === undefined ? {} : { metadata: readMetadata(metadata) }),
  }
  return { ...envelope, caller, ...(surface === undefined ? {} : { surface }) }
}

function readMetadata(text: string): Record<string, unknown> {
  try {
    const metadata: unknown = JSON.parse(text)
    if (isObject(metadata)) return metadata
  } catch {
    // Falls through to the same answer as any other value that is no object.
  }
  throw new UsageError(`--metadata takes a JSON object such as '{"tier":"enterprise"}', not ${text}`)
}

/** `null` where nothing listens any more. Throws a UsageError with the gateway's own words where it refuses. */
async function askGateway(gateway: OwnGateway, route: string, body: object): Promise<Explanation | null> {
  const { askOwnAdmin } = await import('../egress/own-admin.ts')
  try {
    const { status, json } = await askOwnAdmin(gateway, `routes/${encodeURIComponent(route)}/explain`, body)
    if (status === 200 && json !== null) return json as Explanation
    const refusal = (json as { error?: { message: string; hint: string | null } } | null)?.error
    throw new UsageError(refusal ? adviceOf(refusal) : `The gateway at ${gateway.address} answered ${status}.`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return null
    throw error
  }
}

function explainOffline(home: Home, route: string, body: Record<string, unknown>): Explanation {
  const policy = readPolicy(home.config, secretResolver(home.folder, process.env))
  try {
    const explanation = explainRequest(offlineGateway(policy, home), route, body, false)
    return redacted(
      explanation,
      redactor(() => policy),
    )
  } catch (error) {
    throw error instanceof GatewayError ? new UsageError(adviceOf(error)) : error
  }
}

function adviceOf({ message, hint }: { message: string; hint: string | null }): string {
  return hint === null ? message : `${message} ${hint}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
