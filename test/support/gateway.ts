import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, startApp } from '../../server/app.ts'
import { type Home, keyPepper, openHome } from '../../server/home.ts'
import type { RequestRow } from '../../server/http/admin/schemas.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { createKey } from '../../server/stores/keys.ts'

export interface TestGateway {
  app: App
  url: string
  home: Home
  /** What it told people on standard error. */
  log: string[]
  adminToken: string
  /** POST /v1/chat/completions. */
  chat(body: unknown, headers?: Record<string, string>): Promise<Response>
  /** GET of the admin API with the admin token, as JSON. */
  admin<T = unknown>(path: string): Promise<T>
  /** Waits until as many requests as this are in the store, newest first. */
  stored(count: number): Promise<RequestRow[]>
  /** Makes a key and returns the header that shows it. */
  key(holder: { tenant: string; team?: string }): { authorization: string }
  /** Waits until the request of this reply is in the store. */
  recorded(reply: Response): Promise<RequestRow>
  stop(): Promise<void>
}

/** Any JSON, for tests to reach into. */
// biome-ignore lint/suspicious/noExplicitAny: replies are looked into, not typed.
export type Json = any

/** A real gateway on a free loopback port with a home of its own. `config` is the YAML text. */
export async function startGateway(
  config: string,
  options: { environment?: NodeJS.ProcessEnv; host?: string } = {},
): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
  writeFileSync(join(folder, 'gatehouse.yaml'), config)
  const home = openHome(folder, null)
  const log: string[] = []
  const app = await startApp({
    home,
    host: options.host ?? '127.0.0.1',
    port: 0,
    version: 'test',
    environment: options.environment ?? {},
    log: (message) => log.push(message),
  })
  const adminToken = readFileSync(home.adminToken, 'utf8').trim()
  const admin = async (path: string) => {
    const response = await fetch(`${app.url}/admin/api/${path}`, { headers: { authorization: `Bearer ${adminToken}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    app,
    url: app.url,
    home,
    log,
    adminToken,
    chat: (body, headers = {}) =>
      fetch(`${app.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    admin: admin as TestGateway['admin'],
    key({ tenant, team = null }: { tenant: string; team?: string | null }) {
      const db = openForWriting(home.store)
      const { key } = createKey(db, keyPepper(home), { tenant, team, routes: null })
      db.close()
      return { authorization: `Bearer ${key}` }
    },
    async stored(count) {
      for (let tries = 0; ; tries += 1) {
        const { data } = (await admin('requests?limit=1000')) as { data: RequestRow[] }
        if (data.length >= count) return data
        if (tries > 200) throw new Error(`only ${data.length} of ${count} requests were stored`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async recorded(reply) {
      for (let tries = 0; ; tries += 1) {
        try {
          return (await admin(`requests/${reply.headers.get('x-request-id')}`)) as RequestRow
        } catch (error) {
          if (tries > 200) throw error
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
    },
    async stop() {
      await app.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A chat request of one user message. */
export function ask(model: string, content = 'Hello', more: Record<string, unknown> = {}) {
  return { model, messages: [{ role: 'user', content }], ...more }
}

/** A config with one route per entry: `name: [target, …]`, targets as `provider/model`. */
export function routesConfig(
  providers: Record<string, unknown>,
  routes: Record<string, readonly string[] | Record<string, unknown>>,
  more: Record<string, unknown> = {},
): string {
  const toTarget = (text: string) => {
    const slash = text.indexOf('/')
    return { provider: text.slice(0, slash), model: text.slice(slash + 1) }
  }
  const entries = Object.entries(routes).map(([name, route]) => [
    name,
    Array.isArray(route) ? { targets: route.map(toTarget) } : route,
  ])
  // JSON is YAML.
  return JSON.stringify({ version: 1, ...more, providers, routes: Object.fromEntries(entries) })
}

/** A route over models of the sandbox that always begins with the first, however often that has failed. */
export function backed(...models: string[]): Record<string, unknown> {
  return { targets: models.map((model) => ({ provider: 'sandbox', model })), breaker: { failures: 0 } }
}
