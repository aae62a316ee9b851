import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, beforeEach } from 'node:test'
import type { DraftResult, ProbeResult, SaveResult } from '../../server/http/admin/provider-schemas.ts'
import { type FakeUpstream, type Script, startFakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { sendAdmin } from './admin.ts'

export const SECRET = 'sesame-0123456789'
const LIST = { object: 'list', data: [{ id: 'gpt-4o' }, { id: 'nobody-knows-it', context_length: 4096 }] }

/** What an upstream answers with a JSON body. */
export const ok = (body: unknown): Script => ({ chunks: [JSON.stringify(body)] })

/** A gateway with a provider, and what is asked of it here. */
export interface ProviderBench {
  gateway: TestGateway
  upstream: FakeUpstream
  /** The config as every test begins with it. */
  config(): string
  models(id: string): Promise<ProbeResult>
  tryOut(id: string, provider: object): Promise<DraftResult>
  save(id: string, provider: object): Promise<SaveResult>
  /** A provider at the upstream. */
  draft(more?: object): Record<string, unknown>
}

/** Registers start, stop and a fresh beginning for each test of the calling file; the bench is there inside tests. */
export function providerBench(): ProviderBench {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const reply = await sendAdmin(bench.gateway, 'POST', path, body)
    assert.equal(reply.status, 200, await reply.clone().text())
    return reply.json() as Promise<T>
  }
  const bench: ProviderBench = {
    // Both are there before the first test begins.
    gateway: null as unknown as TestGateway,
    upstream: null as unknown as FakeUpstream,
    config: () => `# A file with a comment.
version: 1
direct_access: true
egress: { mode: sealed,   allow: [] }
providers:
  # The one that is there.
  there: { kind: openai, base_url: "${bench.upstream.url}/v1", api_key: "\${env:THE_KEY}", residency: us }   # aligned
  keyless: { kind: openai }
routes:
  default: { targets: [{ provider: sandbox, model: echo }] }
`,
    models: (id) => bench.gateway.admin(`providers/${id}/models`),
    tryOut: (id, provider) => post('provider-tests', { id, provider }),
    save: (id, provider) => post('providers', { id, provider }),
    draft: (more = {}) => ({
      kind: 'openai',
      base_url: `${bench.upstream.url}/v1`,
      api_key: '${env:THE_KEY}',
      ...more,
    }),
  }
  before(async () => {
    bench.upstream = await startFakeUpstream()
    bench.gateway = await startGateway(bench.config(), { environment: { THE_KEY: SECRET } })
  })
  after(async () => {
    await bench.gateway.stop()
    await bench.upstream.close()
  })
  beforeEach(() => {
    bench.upstream.answer = () => ok(LIST)
    bench.upstream.seen.length = 0
    writeFileSync(bench.gateway.home.config, bench.config())
    bench.gateway.app.config.reload()
  })
  return bench
}
