import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import OpenAI, { APIError } from 'openai'
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { type Recording, recordings, recordingsMissing, replay } from '../support/recordings.ts'

/** Folders of recordings by the provider kind that would have made them. */
const KINDS: Readonly<Record<string, string>> = {
  'openai-chat': 'openai',
  mistral: 'mistral',
  groq: 'groq',
  openrouter: 'openrouter',
  deepseek: 'deepseek',
  vllm: 'vllm',
  'huggingface-tgi': 'tgi',
  ollama: 'openai-compatible',
}

/** Bytes a piece on the wire; single bytes only for what is not too long to send so. */
const SIZES = [Number.POSITIVE_INFINITY, 61, 1]
const LONGEST_BYTEWISE = 12_000

type Outcome = { chunks: unknown[] } | { reply: unknown } | { status: number; error: unknown }

describe('every recording reaches the official SDK through the gateway as it would without it', {
  skip: recordingsMissing,
}, () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream()
    const providers = Object.fromEntries(
      [...Object.values(KINDS), 'ollama'].map((kind) => [
        kind,
        { kind, base_url: `${upstream.url}/v1`, api_key: '${env:KEY}' },
      ]),
    )
    const config = routesConfig(providers, { default: ['sandbox/echo'] }, { direct_access: true })
    gateway = await startGateway(config, { environment: { KEY: 'test-credential' } })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  for (const recording of recordings(...Object.keys(KINDS))) {
    if (!recording.request.path.endsWith('/chat/completions')) continue
    it(recording.name, async () => {
      for (const size of SIZES) {
        if (size === 1 && recording.response.body.length > LONGEST_BYTEWISE) continue
        upstream.answer = () => replay(recording, size)
        const body = recording.request.body as unknown as ChatCompletionCreateParams
        const direct = await call(upstream.url, body)
        const through = await call(gateway.url, { ...body, model: `${KINDS[recording.provider]}/${body.model}` })
        assert.deepEqual(through, expected(direct, recording), `${size} bytes a piece`)
        const sent = upstream.seen.at(-1)!
        assert.equal(sent.json.model, body.model)
      }
    })
  }
})

/** Usage that only the gateway asked for is not the client's to see. */
function expected(direct: Outcome, { provider, request }: Recording): Outcome {
  const asked = (request.body.stream_options as { include_usage?: boolean } | undefined)?.include_usage
  if (!('chunks' in direct) || asked || provider === 'mistral') return direct
  const isUsageOnly = (chunk: { choices?: unknown[]; usage?: unknown }) => chunk.choices?.length === 0 && chunk.usage
  return { ...direct, chunks: direct.chunks.filter((chunk) => !isUsageOnly(chunk as { choices?: unknown[] })) }
}

async function call(url: string, body: ChatCompletionCreateParams): Promise<Outcome> {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused', maxRetries: 0 })
  const chunks: unknown[] = []
  try {
    const reply = await client.chat.completions.create(body)
    if (!body.stream) return { reply }
    for await (const chunk of reply as AsyncIterable<unknown>) chunks.push(chunk)
    return { chunks }
  } catch (error) {
    // A stream that fails midway has shown what came before.
    if (!(error instanceof APIError)) throw error
    return { status: error.status ?? 0, error: error.error, ...(chunks.length > 0 ? { chunks } : {}) } as Outcome
  }
}
