import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import OpenAI, { toFile } from 'openai'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { recordings, recordingsMissing, replay } from '../support/recordings.ts'

const JSON_HEAD = { 'content-type': 'application/json' }
const AUDIO = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256))
const VECTORS = [
  [0.25, -0.5, 1],
  [0, 1, 0],
]

/** Embeddings as each kind answers them. */
const EMBEDDINGS = {
  vllm: {
    object: 'list',
    model: 'e',
    data: VECTORS.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    usage: { prompt_tokens: 7, total_tokens: 7 },
  },
  ollama: { model: 'e', embeddings: VECTORS, prompt_eval_count: 7 },
  cohere: { id: 'x', texts: ['a', 'b'], embeddings: { float: VECTORS }, meta: { billed_units: { input_tokens: 7 } } },
}

describe('everything but chat', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  let openai: OpenAI
  before(async () => {
    upstream = await startFakeUpstream()
    const hosted = { base_url: upstream.url, api_key: '${env:KEY}' }
    const providers = {
      vllm: { kind: 'vllm', base_url: upstream.url },
      local: { kind: 'openai-compatible', base_url: upstream.url },
      ollama: { kind: 'ollama', base_url: upstream.url },
      cohere: { kind: 'cohere', ...hosted },
      eleven: { kind: 'elevenlabs', ...hosted },
      cartesia: { kind: 'cartesia', ...hosted },
      claude: { kind: 'anthropic', ...hosted },
    }
    const routes = Object.fromEntries(Object.keys(providers).map((id) => [id, [`${id}/the-model`]]))
    gateway = await startGateway(routesConfig(providers, routes), { environment: { KEY: 'test-credential' } })
    openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 })
  })
  afterEach(() => {
    upstream.seen.length = 0
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })
  const post = (path: string, body: unknown) =>
    fetch(gateway.url + path, { method: 'POST', headers: JSON_HEAD, body: JSON.stringify(body) })

  for (const [kind, answer] of Object.entries(EMBEDDINGS)) {
    it(`gives the OpenAI SDK embeddings from ${kind}, as floats and as base64`, async () => {
      upstream.answer = () => ({ chunks: [JSON.stringify(answer)] })
      for (const encoding of ['float', 'base64'] as const) {
        const body = { model: kind, input: ['a', 'b'], encoding_format: encoding }
        const reply = await (kind === 'vllm'
          ? openai.embeddings.create({ ...body, encoding_format: 'float' })
          : openai.embeddings.create(body))
        const got = reply.data.map(({ embedding }) => (typeof embedding === 'string' ? floats(embedding) : embedding))
        assert.deepEqual(got, VECTORS)
        assert.equal(reply.usage.prompt_tokens, 7)
        assert.equal(reply.model, kind === 'cohere' ? 'the-model' : 'e')
      }
      assert.equal(upstream.seen[0]!.json.model, 'the-model')
    })

    it(`gives the Ollama client embeddings from ${kind}, and the old endpoint too`, async () => {
      upstream.answer = () => ({ chunks: [JSON.stringify(answer)] })
      const client = new Ollama({ host: gateway.url })
      const reply = await client.embed({ model: kind, input: ['a', 'b'] })
      assert.deepEqual(reply.embeddings, VECTORS)
      assert.equal(reply.prompt_eval_count, 7)
      if (kind === 'ollama') upstream.answer = () => ({ chunks: [JSON.stringify({ embedding: VECTORS[0] })] })
      const old = await client.embeddings({ model: kind, prompt: 'a' })
      assert.deepEqual(old.embedding, VECTORS[0])
    })
  }

  it('passes recorded embeddings on as they are', { skip: recordingsMissing }, async () => {
    for (const recording of recordings('openai-embeddings')) {
      upstream.answer = () => replay(recording)
      const reply = await post('/v1/embeddings', { ...recording.request.body, model: 'local' })
      assert.equal(await reply.text(), recording.response.body)
    }
  })

  it('refuses token numbers where they would have to be translated, with what to do', async () => {
    const reply = await post('/v1/embeddings', { model: 'cohere', input: [[1, 2, 3]] })
    const { error } = (await reply.json()) as { error: { param: string; message: string } }
    assert.deepEqual([reply.status, error.param], [400, 'input'])
    assert.match(error.message, /Token numbers/)
  })

  it('serves rerank to the Cohere SDK and to everyone else', { skip: recordingsMissing }, async () => {
    const recording = recordings('cohere-rerank').find(({ request }) => request.path === '/v2/rerank')!
    upstream.answer = () => replay(recording)
    const client = new CohereClientV2({ token: 'none', environment: gateway.url })
    const body = recording.request.body as { query: string; documents: string[] }
    const reply = await client.rerank({ model: 'cohere', query: body.query, documents: body.documents })
    assert.equal(reply.results[0]!.index, 3)
    assert.deepEqual([upstream.seen[0]!.path, upstream.seen[0]!.json.model], ['/v2/rerank', 'the-model'])
    const plain = await post('/v1/rerank', { model: 'vllm', query: 'q', documents: ['a'] })
    assert.deepEqual([plain.status, upstream.seen[1]!.path], [200, '/rerank'])
  })

  it('speaks through OpenAI-compatible servers, byte by byte as it comes', async () => {
    upstream.answer = () => ({
      headers: { 'content-type': 'audio/mpeg' },
      chunks: [AUDIO.subarray(0, 99), AUDIO.subarray(99)],
    })
    const reply = await openai.audio.speech.create({ model: 'local', voice: 'alloy', input: 'Hello' })
    assert.deepEqual(Buffer.from(await reply.arrayBuffer()), AUDIO)
    assert.equal(reply.headers.get('content-type'), 'audio/mpeg')
  })

  it('speaks through ElevenLabs and Cartesia in their own words', async () => {
    upstream.answer = () => ({ headers: { 'content-type': 'audio/pcm' }, chunks: [AUDIO] })
    const ask = { voice: 'voice/1', input: 'Grüße', response_format: 'pcm' as const, speed: 1.1 }
    const eleven = await openai.audio.speech.create({ model: 'eleven', ...ask })
    assert.deepEqual(Buffer.from(await eleven.arrayBuffer()), AUDIO)
    const [first] = upstream.seen
    assert.equal(first!.path, '/text-to-speech/voice%2F1/stream?output_format=pcm_24000')
    assert.equal(first!.headers['xi-api-key'], 'test-credential')
    assert.deepEqual(first!.json, { text: 'Grüße', model_id: 'the-model', voice_settings: { speed: 1.1 } })
    const cartesia = await openai.audio.speech.create({ model: 'cartesia', ...ask })
    assert.deepEqual(Buffer.from(await cartesia.arrayBuffer()), AUDIO)
    assert.deepEqual(upstream.seen[1]!.json, {
      model_id: 'the-model',
      transcript: 'Grüße',
      voice: { mode: 'id', id: 'voice/1' },
      output_format: { container: 'raw', encoding: 'pcm_s16le', sample_rate: 24000 },
      generation_config: { speed: 1.1 },
    })
  })

  it('never lets cut-off audio pass for a whole one', async () => {
    upstream.answer = () => ({ headers: { 'content-type': 'audio/mpeg' }, chunks: [AUDIO], ending: 'cut' })
    const reply = await openai.audio.speech.create({ model: 'local', voice: 'alloy', input: 'Hello' })
    await assert.rejects(reply.arrayBuffer())
  })

  it('hands a recording for transcription on with only the model replaced', async () => {
    upstream.answer = () => ({
      chunks: ['{"text":"Hallo","usage":{"type":"tokens","input_tokens":9,"output_tokens":2}}'],
    })
    const file = await toFile(AUDIO, 'a.wav', { type: 'audio/wav' })
    const reply = await openai.audio.transcriptions.create({ model: 'local', file, language: 'de' })
    assert.equal(reply.text, 'Hallo')
    const { raw, headers } = upstream.seen[0]!
    assert.ok(raw.includes(AUDIO))
    assert.match(raw.toString('latin1'), /name="model"\r\n\r\nthe-model\r\n/)
    const form = await new Response(new Uint8Array(raw), {
      headers: { 'content-type': headers['content-type']! },
    }).formData()
    assert.equal(form.get('language'), 'de')
  })

  it('passes images and moderations on', async () => {
    upstream.answer = ({ path }) => ({
      chunks: [
        JSON.stringify(
          path.endsWith('moderations') ? { results: [{ flagged: false }] } : { data: [{ b64_json: 'AAAA' }] },
        ),
      ],
    })
    const image = await openai.images.generate({ model: 'local', prompt: 'a cat' })
    assert.equal(image.data![0]!.b64_json, 'AAAA')
    const moderation = await openai.moderations.create({ model: 'local', input: 'x' })
    assert.equal(moderation.results[0]!.flagged, false)
    assert.deepEqual(
      upstream.seen.map(({ path }) => path),
      ['/images/generations', '/moderations'],
    )
  })

  it('says plainly what a target does not offer', async () => {
    const speech = await post('/v1/audio/speech', { model: 'claude', input: 'x', voice: 'y' })
    const chat = await post('/v1/chat/completions', { model: 'eleven', messages: [{ role: 'user', content: 'x' }] })
    assert.match(await speech.text(), /claude \(anthropic\) does not offer speech/)
    assert.match(await chat.text(), /eleven \(elevenlabs\) does not chat/)
    assert.deepEqual([speech.status, chat.status], [400, 400])
  })

  it('has Anthropic count tokens, and estimates for everyone else', async () => {
    upstream.answer = () => ({ chunks: ['{"input_tokens":2095}'] })
    const body = { messages: [{ role: 'user', content: 'Hello there, how are you today?' }] }
    const counted = await post('/v1/messages/count_tokens', { model: 'claude', ...body })
    assert.deepEqual(await counted.json(), { input_tokens: 2095 })
    assert.equal(upstream.seen[0]!.path, '/messages/count_tokens')
    const estimated = await post('/v1/messages/count_tokens', { model: 'vllm', ...body })
    const { input_tokens: tokens } = (await estimated.json()) as { input_tokens: number }
    assert.ok(tokens >= 6 && tokens <= 12, `${tokens}`)
    assert.equal(estimated.headers.get('x-gatehouse-synthetic'), 'true')
    assert.equal(upstream.seen.length, 1)
  })
})

function floats(base64: string): number[] {
  const bytes = Buffer.from(base64, 'base64')
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}
