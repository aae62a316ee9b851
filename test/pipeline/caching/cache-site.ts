import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.ts'
import { goodReply, goodStream, readSse } from '../../support/frames.ts'
import { type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

export interface Told {
  cache: string | null
  text: string
  headers: Headers
  status: number
}

type Asked = readonly [Json, Record<string, string>?]

/** A gateway whose routes keep replies, in front of an upstream of which every answer says which call it is of. */
export class CacheSite {
  readonly upstream: FakeUpstream
  readonly gateway: TestGateway

  constructor(upstream: FakeUpstream, gateway: TestGateway) {
    this.upstream = upstream
    this.gateway = gateway
  }

  /** What is given again says an earlier number. */
  works(): void {
    this.upstream.answer = ({ json }, index) =>
      json.stream ? goodStream('answer ', String(index)) : goodReply(`answer ${index}`)
  }

  async tell(body: Json, headers: Record<string, string> = {}): Promise<Told> {
    const reply = await this.gateway.chat(body, headers)
    const text = await reply.text()
    const isReply = reply.status === 200
    return {
      cache: reply.headers.get('x-gatehouse-cache'),
      text: !isReply ? text : body.stream ? readSse(text).text : (JSON.parse(text).choices[0].message.content ?? ''),
      headers: reply.headers,
      status: reply.status,
    }
  }

  /** `x-gatehouse-cache` of each, one after the other. */
  async outcomes(...asked: readonly Asked[]): Promise<(string | null)[]> {
    const seen: (string | null)[] = []
    for (const [body, headers] of asked) seen.push((await this.tell(body, headers)).cache)
    return seen
  }

  async close(): Promise<void> {
    await this.gateway.stop()
    await this.upstream.close()
  }
}

/** Routes by name with what each says of the cache besides `mode: exact`; `null` for one without. */
export async function openSite(routes: Readonly<Record<string, Json | null>>, shared: Json = {}): Promise<CacheSite> {
  const upstream = await startFakeUpstream()
  const common = { targets: [{ provider: 'up', model: 'm' }], breaker: { failures: 0 } }
  const entries = Object.entries(routes).map(([name, cache]) => [
    name,
    cache === null ? common : { ...common, cache: { mode: 'exact', ...cache } },
  ])
  const providers = { up: { kind: 'openai-compatible', base_url: upstream.url } }
  const gateway = await startGateway(routesConfig(providers, Object.fromEntries(entries), { cache: shared }))
  return new CacheSite(upstream, gateway)
}
