import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { ChatOpenAI } from '@langchain/openai'
import { Mistral } from '@mistralai/mistralai'
import { generateText, jsonSchema, type LanguageModel, stepCountIs, streamText, tool } from 'ai'
import { ANSWER, THINKING_AND_TOOLS } from '../support/anthropic-frames.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { SSE } from '../support/frames.ts'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const QUESTION = 'Was heißt grün, was blau?'

/** Gatehouse keeps no responses, so that earlier items must be sent again. */
const providerOptions = { openai: { store: false } }

describe('frameworks over a route whose provider is Anthropic', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    // The first call of a conversation asks for tools, the one with their results is answered.
    upstream = await startFakeUpstream(({ raw }) => ({
      headers: SSE,
      chunks: raw.includes('tool_result') ? ANSWER : THINKING_AND_TOOLS,
    }))
    const providers = { claude: { kind: 'anthropic', base_url: upstream.url, api_key: '${env:KEY}' } }
    gateway = await startGateway(routesConfig(providers, { words: ['claude/claude-sonnet-4-5'] }), {
      environment: { KEY: 'test-credential' },
    })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  const models: Readonly<Record<string, () => LanguageModel>> = {
    '@ai-sdk/openai, responses': () =>
      createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none' }).responses('words'),
    '@ai-sdk/openai, chat': () => createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none' }).chat('words'),
    '@ai-sdk/openai-compatible': () =>
      createOpenAICompatible({ name: 'gatehouse', baseURL: `${gateway.url}/v1` })('words'),
    '@ai-sdk/anthropic': () => createAnthropic({ baseURL: `${gateway.url}/v1`, apiKey: 'none' })('words'),
  }
  for (const [name, model] of Object.entries(models))
    it(`${name}: calls tools in a loop and answers`, async () => {
      const asked: string[] = []
      const lookUp = tool({
        description: 'Looks a word up',
        inputSchema: jsonSchema<{ word: string }>({
          type: 'object',
          properties: { word: { type: 'string' } },
          required: ['word'],
        }),
        execute: async ({ word }) => {
          asked.push(word)
          return `found ${word}`
        },
      })
      const call = {
        model: model(),
        prompt: QUESTION,
        tools: { look_up: lookUp },
        stopWhen: stepCountIs(3),
        maxRetries: 0,
        providerOptions,
      }
      const streamed = streamText(call)
      assert.equal(await streamed.text, 'green and blue')
      assert.deepEqual(asked, ['grün', 'blau'])
      const [first] = await streamed.steps
      assert.equal(first!.text, 'Ich schaue nach. 🎉')
      assert.equal(first!.finishReason, 'tool-calls')
      const whole = await generateText(call)
      assert.equal(whole.text, 'green and blue')
      assert.deepEqual(asked, ['grün', 'blau', 'grün', 'blau'])
    })

  it('@langchain/openai: streams and binds tools', async () => {
    const model = new ChatOpenAI({
      model: 'words',
      apiKey: 'none',
      maxRetries: 0,
      configuration: { baseURL: `${gateway.url}/v1` },
    })
    const bound = model.bindTools([
      { type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } },
    ])
    const reply = await bound.invoke(QUESTION)
    assert.equal(reply.text, 'Ich schaue nach. 🎉')
    assert.deepEqual(
      reply.tool_calls?.map(({ args }) => args),
      [{ word: 'grün' }, { word: 'blau' }],
    )
    let text = ''
    for await (const chunk of await model.stream(QUESTION)) text += chunk.text
    assert.equal(text, 'Ich schaue nach. 🎉')
  })

  // Its stream reader wants the tool's name in every piece of a call, which OpenAI's format does not have.
  it('@mistralai/mistralai: completes, and streams text', async () => {
    const client = new Mistral({ apiKey: 'none', serverURL: gateway.url, retryConfig: { strategy: 'none' } })
    const messages = [{ role: 'user' as const, content: QUESTION }]
    const reply = await client.chat.complete({ model: 'words', messages })
    assert.equal(reply.choices[0]!.message?.content, 'Ich schaue nach. 🎉')
    assert.equal(reply.choices[0]!.finishReason, 'tool_calls')
    const answered = [...messages, { role: 'tool' as const, toolCallId: 'toolu_01', name: 'look_up', content: 'green' }]
    let text = ''
    for await (const { data } of await client.chat.stream({ model: 'words', messages: answered })) {
      const content = data.choices[0]?.delta.content
      if (typeof content === 'string') text += content
    }
    assert.equal(text, 'green and blue')
  })
})
