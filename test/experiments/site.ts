import { setTimeout as sleep } from 'node:timers/promises'
import type { ExperimentDetail, ExperimentRow, PairPage, PairRow } from '../../server/http/admin/experiment-schemas.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

/** A gateway between a caller and two providers that each answer as they are told. */
export interface Site {
  gateway: TestGateway
  primary: FakeUpstream
  candidate: FakeUpstream
  /** Waits until so many requests were drawn, and gives what the only experiment says then. */
  drawn(count: number): Promise<ExperimentDetail>
  pairs(query?: string): Promise<PairRow[]>
  stop(): Promise<void>
}

/**
 * `route` is what stands under the route `support` beside its targets, as YAML; `providers` and `routes` are more of these,
 * in which `CANDIDATE` is the second provider's address.
 */
export async function openSite(route: string, providers = '', routes = ''): Promise<Site> {
  const primary = await startFakeUpstream((request) => chatReply(request.json, 'The answer is 42.'))
  const candidate = await startFakeUpstream((request) => chatReply(request.json, 'The answer is 42!'))
  const gateway = await startGateway(`version: 1
providers:
  one: { kind: vllm, base_url: "${primary.url}/v1" }
  two: { kind: vllm, base_url: "${candidate.url}/v1" }
${providers.replaceAll('CANDIDATE', candidate.url)}
routes:
  support:
    targets: [{ provider: one, model: big }]
${route.replace(/^/gm, '    ')}
${routes}
`)
  const experiment = async (): Promise<ExperimentRow | undefined> =>
    (await gateway.admin<{ data: ExperimentRow[] }>('experiments')).data[0]
  return {
    gateway,
    primary,
    candidate,
    async drawn(count) {
      for (let tries = 0; ; tries++) {
        const row = await experiment()
        if (row && row.drawn >= count) return gateway.admin<ExperimentDetail>(`experiments/${row.id}`)
        if (tries > 300) throw new Error(`only ${row?.drawn ?? 0} of ${count} were drawn; ${gateway.log.join('; ')}`)
        await sleep(50)
      }
    },
    async pairs(query = '') {
      const row = await experiment()
      return (await gateway.admin<PairPage>(`experiments/${row!.id}/pairs${query}`)).data
    },
    async stop() {
      await gateway.stop()
      await Promise.all([primary.close(), candidate.close()])
    },
  }
}

/** A reply in OpenAI's chat format, streamed where the request asks for that. */
export function chatReply(request: Record<string, unknown>, text: string) {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  const head = { id: 'chatcmpl-1', created: 1, model: String(request.model) }
  if (!request.stream) {
    const message = { role: 'assistant', content: text }
    const choices = [{ index: 0, message, finish_reason: 'stop' }]
    return { chunks: [JSON.stringify({ ...head, object: 'chat.completion', choices, usage })] }
  }
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  const words = text.match(/\S+\s*/g) ?? []
  return {
    headers: { 'content-type': 'text/event-stream' },
    chunks: [
      chunk({ role: 'assistant', content: '' }),
      ...words.map((content) => chunk({ content })),
      chunk({}, 'stop'),
      `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage })}\n\n`,
      'data: [DONE]\n\n',
    ],
  }
}
