import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import OpenAI from 'openai'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { responseFormat } from '../support/structured-output.ts'

const WEATHER = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
}

describe('the official openai SDK through a route', () => {
  let gateway: TestGateway
  let client: OpenAI
  before(async () => {
    gateway = await startGateway(`
version: 1
routes:
  default: { targets: [{ provider: sandbox, model: echo }] }
  tool: { targets: [{ provider: sandbox, model: tool }] }
  json: { targets: [{ provider: sandbox, model: json }] }
  refused: { targets: [{ provider: sandbox, model: fail-429 }] }
  broken: { targets: [{ provider: sandbox, model: cut-mid-stream }] }
`)
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 })
  })
  after(() => gateway.stop())

  it('creates', async () => {
    const reply = await client.chat.completions.create({
      model: 'default',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    assert.equal(reply.choices[0]!.message.content, 'Hello')
    assert.equal(reply.usage!.total_tokens, reply.usage!.prompt_tokens + reply.usage!.completion_tokens)
  })

  it('streams, with usage when asked', async () => {
    const stream = await client.chat.completions.create({
      model: 'default',
      messages: [{ role: 'user', content: 'Hello wide world' }],
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let usage: OpenAI.CompletionUsage | null | undefined
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      usage = chunk.usage ?? usage
    }
    assert.equal(text, 'Hello wide world')
    assert.ok(usage!.completion_tokens > 0)
  })

  it('streams several choices', async () => {
    const runner = client.chat.completions.stream({
      model: 'default',
      n: 3,
      messages: [{ role: 'user', content: 'a b' }],
    })
    const reply = await runner.finalChatCompletion()
    assert.deepEqual(
      reply.choices.map((choice) => choice.message.content),
      ['a b', 'a b', 'a b'],
    )
  })

  it('runs the streaming helper with its events', async () => {
    const deltas: string[] = []
    const runner = client.chat.completions
      .stream({ model: 'default', messages: [{ role: 'user', content: 'one two three' }] })
      .on('content', (delta) => deltas.push(delta))
    assert.equal(await runner.finalContent(), 'one two three')
    assert.equal(deltas.length, 3)
  })

  for (const stream of [false, true])
    it(`runs tools, ${stream ? 'streamed' : 'unary'}`, async () => {
      const calls: unknown[] = []
      const runner = client.chat.completions.runTools({
        model: 'tool',
        stream: stream as false,
        messages: [{ role: 'user', content: 'Weather?' }],
        tools: [
          {
            type: 'function',
            function: {
              ...WEATHER,
              parse: JSON.parse,
              function: (args: { city: string }) => {
                calls.push(args)
                return 'sunny'
              },
            },
          },
        ],
      })
      assert.equal(await runner.finalContent(), 'Results: sunny')
      assert.deepEqual(calls, [{ city: 'text' }])
    })

  it('parses structured output', async () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' } },
      required: ['name', 'age'],
      additionalProperties: false,
    }
    const reply = await client.chat.completions.parse({
      model: 'json',
      messages: [{ role: 'user', content: 'Who?' }],
      response_format: responseFormat('person', schema),
    })
    assert.deepEqual(reply.choices[0]!.message.parsed, { name: 'text', age: 1 })
  })

  it('lists models', async () => {
    const names = (await Array.fromAsync(client.models.list())).map((model) => model.id)
    assert.deepEqual(names, ['default', 'tool', 'json', 'refused', 'broken'])
    assert.equal((await client.models.retrieve('json')).id, 'json')
  })

  it('throws its own error classes', async () => {
    const ask = (model: string) => client.chat.completions.create({ model, messages: [{ role: 'user', content: 'x' }] })
    await assert.rejects(ask('refused'), OpenAI.RateLimitError)
    await assert.rejects(ask('nowhere'), OpenAI.NotFoundError)
    await assert.rejects(
      client.chat.completions.create({ model: 'default', messages: [] }),
      (error) => error instanceof OpenAI.BadRequestError && error.param === 'messages',
    )
  })

  it('throws when a stream breaks midway', async () => {
    const stream = await client.chat.completions.create({
      model: 'broken',
      stream: true,
      messages: [{ role: 'user', content: 'x' }],
    })
    let text = ''
    await assert.rejects(async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    }, OpenAI.APIError)
    assert.match(text, /^lorem ipsum/)
  })

  it('marks made-up replies everywhere', async () => {
    const { data, response } = await client.chat.completions
      .create({ model: 'default', messages: [{ role: 'user', content: 'Hello' }] })
      .withResponse()
    assert.equal((data as { synthetic?: boolean }).synthetic, true)
    assert.equal(response.headers.get('x-gatehouse-synthetic'), 'true')
    const row = await gateway.recorded(response)
    assert.equal(row.synthetic, true)
    assert.equal(row.cost_usd, null)
    const trace = await gateway.admin<{ spans: { kind: string; attributes: Record<string, unknown> }[] }>(
      `traces/${row.trace_id}`,
    )
    assert.equal(trace.spans.find((span) => span.kind === 'CLIENT')!.attributes['gateway.synthetic'], true)
  })
})
