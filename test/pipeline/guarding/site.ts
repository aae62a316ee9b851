import { type FakeUpstream, type Script, type SeenRequest, startFakeUpstream } from '../../support/fake-upstream.ts'
import { goodReply, goodStream } from '../../support/frames.ts'
import { type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

/** A gateway with guardrails in front of an upstream that speaks OpenAI's format, and says what it is told to. */
export interface GuardSite {
  gateway: TestGateway
  upstream: FakeUpstream
  /** What the upstream answers from now on: its text, for streams in these pieces. */
  say(...pieces: string[]): void
  /** The bodies that the upstream has got, as text. */
  sent(): string[]
  close(): Promise<void>
}

type Route = { guardrails: Json[] } & Record<string, unknown>

/** `routes`: what each says beside its one target. */
export async function openGuardSite(
  routes: Record<string, Route>,
  more: Record<string, unknown> = {},
): Promise<GuardSite> {
  const upstream = await startFakeUpstream()
  const targets = [{ provider: 'up', model: 'm' }]
  const entries = Object.entries(routes).map(([name, route]) => [name, { targets, breaker: { failures: 0 }, ...route }])
  const gateway = await startGateway(
    routesConfig({ up: { kind: 'openai-compatible', base_url: upstream.url } }, Object.fromEntries(entries), more),
  )
  const say = (...pieces: string[]) => {
    upstream.answer = ({ json }: SeenRequest): Script =>
      json.stream ? goodStream(...pieces) : goodReply(pieces.join(''))
  }
  say('ok')
  return {
    gateway,
    upstream,
    say,
    sent: () => upstream.seen.map(({ raw }) => raw.toString()),
    async close() {
      await gateway.stop()
      await upstream.close()
    },
  }
}
