import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { joined } from '../../../server/cache/stored-reply.ts'
import type { Dialect } from '../../../server/core/dialect.ts'
import type { ChatEvent } from '../../../server/core/events.ts'
import { anthropicMessages } from '../../../server/dialects/anthropic-messages/index.ts'
import { collect } from '../../../server/dialects/collect.ts'
import { openaiChat } from '../../../server/dialects/openai-chat/index.ts'
import { openaiResponses } from '../../../server/dialects/openai-responses/index.ts'
import { meaning } from '../../dialects/dialect-support.ts'
import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.ts'
import { type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'
import { type Recording, recordings, recordingsMissing, replay } from '../../support/recordings.ts'

/** Folders of recordings, the provider kind that made them, and the format that they are in. */
const FOLDERS: Readonly<Record<string, { kind: string; surface: string; dialect: Dialect }>> = {
  'openai-chat': { kind: 'openai', surface: '/v1/chat/completions', dialect: openaiChat },
  mistral: { kind: 'mistral', surface: '/v1/chat/completions', dialect: openaiChat },
  groq: { kind: 'groq', surface: '/v1/chat/completions', dialect: openaiChat },
  deepseek: { kind: 'deepseek', surface: '/v1/chat/completions', dialect: openaiChat },
  'anthropic-messages': { kind: 'anthropic', surface: '/v1/messages', dialect: anthropicMessages },
  'openai-responses': { kind: 'openai', surface: '/v1/responses', dialect: openaiResponses },
}
/** Bytes a piece on the wire; single bytes only for what is not too long to send so. */
const SIZES = [Number.POSITIVE_INFINITY, 61, 1]
const LONGEST_BYTEWISE = 12_000

let upstream: FakeUpstream
let gateway: TestGateway
let kept = 0
const notKept = new Map<string, string>()

describe('every recording that is kept is given again as it came', { skip: recordingsMissing }, () => {
  before(async () => {
    upstream = await startFakeUpstream()
    const kinds = Object.values(FOLDERS).map(({ kind }) => kind)
    const providers = Object.fromEntries(
      kinds.map((kind) => [
        kind,
        { kind, base_url: kind === 'anthropic' ? upstream.url : `${upstream.url}/v1`, api_key: '${env:KEY}' },
      ]),
    )
    const cache = { mode: 'exact', tool_calls: true, choices: true, max_temperature: 10 }
    const routes = Object.fromEntries(
      kinds.map((kind) => [kind, { targets: [{ provider: kind, model: 'm' }], breaker: { failures: 0 }, cache }]),
    )
    gateway = await startGateway(routesConfig(providers, routes), { environment: { KEY: 'test-credential' } })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  for (const recording of recordings(...Object.keys(FOLDERS))) {
    const { surface } = FOLDERS[recording.provider]!
    if (!surface.endsWith(recording.request.path.replace(/^\/v1/, ''))) continue
    if (recording.response.status !== 200) continue
    it(recording.name, () => giveTwice(recording))
  }

  it('most of them are kept, and of the others it is said why', () => {
    assert.ok(kept > 60, `${kept} were kept`)
    for (const [name, why] of notKept)
      assert.match(
        why,
        /^(not kept: it (ended with|is|calls|has)|the provider runs|the conversation|it cannot|.*empty)/,
        name,
      )
  })
})

async function giveTwice(recording: Recording): Promise<void> {
  const { kind, dialect } = FOLDERS[recording.provider]!
  const stream = recording.request.body.stream === true
  for (const size of SIZES) {
    if (size === 1 && recording.response.body.length > LONGEST_BYTEWISE) continue
    upstream.answer = () => replay(recording, size)
    const first = await call(recording, `${recording.name} ${size}`)
    const again = await call(recording, `${recording.name} ${size}`)
    // What the gateway or the provider refuses is no reply.
    if (first.reply.status !== 200) return
    const outcome = again.headers.get('x-gatehouse-cache')
    if (outcome !== 'hit-exact') {
      notKept.set(recording.name, (await gateway.recorded(first.reply)).cache_detail?.why ?? outcome ?? '')
      continue
    }
    kept += 1
    const [came, given] = [first, again].map(({ text }) =>
      withoutEmptyThoughts(meaning(told(dialect, text, stream))),
    ) as Json[]
    // Raw usage is the provider's own object, of which its format's writer keeps what it knows.
    assert.deepEqual({ ...given, usage: null }, { ...came, usage: null }, `${size} bytes a piece`)
    const other = await call(recording, `${recording.name} ${size}`, !stream)
    assert.equal(other.headers.get('x-gatehouse-cache'), 'hit-exact')
    assert.deepEqual(
      content(told(dialect, other.text, !stream)),
      content(told(dialect, first.text, stream)),
      `${kind}, the other way`,
    )
  }
}

async function call({ provider, request }: Recording, namespace: string, stream = request.body.stream === true) {
  const { kind, surface } = FOLDERS[provider]!
  const reply = await fetch(gateway.url + surface, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-gatehouse-cache-namespace': namespace },
    body: JSON.stringify({ ...request.body, model: kind, stream }),
  })
  return { reply, headers: reply.headers, text: await reply.text() }
}

function told(dialect: Dialect, text: string, stream: boolean): ChatEvent[] {
  if (!stream) return joined(dialect.readReply(JSON.parse(text)))
  const reader = dialect.eventReader()
  return joined([...reader.push(Buffer.from(text)), ...reader.end()])
}

/** What a client shows: everything but ids, usage, how it was cut, and the provider's own members. */
function content(events: readonly ChatEvent[]): unknown {
  return collect(events).choices.map(({ parts, finish }) => ({
    finish,
    parts: parts.map(({ kind, name, text }) => ({ kind, name, text: kind === 'tool-call' ? JSON.parse(text) : text })),
  }))
}

/** Mistral's mark of a thought that has nothing in it. */
function withoutEmptyThoughts(text: unknown): unknown {
  return JSON.parse(JSON.stringify(text).replaceAll('{"issuer":"openai-chat","value":{"thinking":{}}}', 'null'))
}
