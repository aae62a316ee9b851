import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calcPrice, findProvider } from '@pydantic/genai-prices'
import { promptTokens, type Usage } from '../../server/core/usage.ts'
import { VENDORS } from '../../server/providers/vendors.ts'
import { createPrices } from '../../server/telemetry/prices.ts'
import { type Random, seeded } from '../core/random.ts'
import { startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, routesConfig, startGateway } from '../support/gateway.ts'

/** Prices depend on the date, with some vendors on the hour: each of these is in another window. Time goes forward. */
const MOMENTS = ['2024-08-01T12:00:00Z', '2026-01-15T03:30:00Z', '2026-01-15T18:00:00Z'].map((text) => Date.parse(text))
const PRICE_IDS = [...new Set(VENDORS.flatMap(({ priceId }) => (priceId === null ? [] : [priceId])))]
const NANO = 1e9

function usageOf(parts: Partial<Usage>): Usage {
  const none = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0, audioInput: 0, audioOutput: 0 }
  return { ...none, raw: null, estimated: false, ...parts }
}

function randomUsage(random: Random): Usage {
  const count = () => (random.oneIn(3) ? 0 : random.below(10 ** (1 + random.below(6))))
  const [input, output] = [count(), count()]
  return usageOf({
    input,
    output,
    cacheRead: count(),
    cacheWrite: random.oneIn(3) ? count() : 0,
    reasoning: random.below(output + 1),
    audioInput: random.oneIn(4) ? random.below(input + 1) : 0,
    audioOutput: random.oneIn(4) ? random.below(output + 1) : 0,
  })
}

/** The catalogue's own word, in nano-dollars; `null` too where it throws, as it does when counts are missing. */
function oracle(priceId: string, model: string, usage: Usage): number | null {
  try {
    return askCatalogue(priceId, model, usage)
  } catch {
    return null
  }
}

function askCatalogue(priceId: string, model: string, usage: Usage): number | null {
  const price = calcPrice(
    {
      input_tokens: promptTokens(usage),
      cache_read_tokens: usage.cacheRead,
      cache_write_tokens: usage.cacheWrite,
      output_tokens: usage.output,
      input_audio_tokens: usage.audioInput,
      output_audio_tokens: usage.audioOutput,
    },
    model,
    { providerId: priceId },
  )
  return price === null ? null : price.total_price * NANO
}

const modelsOf = (priceId: string) => findProvider({ providerId: priceId })?.models.map(({ id }) => id) ?? []

test('every price id of a vendor is one that the catalogue knows', () => {
  for (const priceId of PRICE_IDS) assert.ok(modelsOf(priceId).length > 0, priceId)
})

for (const priceId of PRICE_IDS)
  test(`the price of every model of ${priceId} is that of the catalogue, at any time and for any usage`, (t) => {
    const random = seeded(priceId.length * 7919)
    const price = createPrices()
    t.mock.timers.enable({ apis: ['Date'], now: MOMENTS[0]! })
    for (const moment of MOMENTS) {
      t.mock.timers.setTime(moment)
      for (const model of modelsOf(priceId))
        for (let round = 0; round < 4; round += 1) {
          const usage = randomUsage(random)
          const expected = oracle(priceId, model, usage)
          const actual = price(priceId, model, usage)
          const hint = `${model} at ${new Date(moment).toISOString()} for ${JSON.stringify(usage)}`
          if (expected === null) assert.equal(actual, null, hint)
          else assert.ok(actual !== null && Math.abs(actual - expected) <= 1, `${hint}: ${actual}, not ${expected}`)
          assert.ok(actual === null || Number.isInteger(actual), hint)
        }
    }
  })

test('usage that the catalogue throws at has no price, and takes no answer down with it', () => {
  const usage = usageOf({ input: 900, cacheRead: 100, output: 50, audioInput: 200 })
  for (const priceId of PRICE_IDS)
    for (const model of modelsOf(priceId)) {
      const hint = `${priceId}/${model}`
      assert.doesNotThrow(() => createPrices()(priceId, model, usage), hint)
    }
})

test('what is not known has no price: never a false 0', () => {
  const price = createPrices()
  const usage = usageOf({ input: 1000, output: 1000 })
  assert.equal(price('openai', 'no-such-model-at-all', usage), null)
  assert.equal(price('no-such-vendor', 'gpt-4o', usage), null)
  assert.equal(price(null, 'gpt-4o', usage), null)
  assert.equal(price('openai', 'gpt-4o', null), null)
  assert.equal(price('openai', '', usage), null)
  for (const model of ['__proto__', 'constructor']) assert.equal(price('openai', model, usage), null, model)
  // And once more out of what is kept.
  assert.equal(price('openai', 'no-such-model-at-all', usage), null)
})

test('a known model without any tokens costs a true 0', () => {
  assert.equal(createPrices()('openai', 'gpt-4o', usageOf({})), 0)
})

test('reasoning is billed as the output that it is part of', () => {
  const price = createPrices()
  const plain = price('openai', 'gpt-5', usageOf({ input: 100, output: 500 }))
  assert.equal(price('openai', 'gpt-5', usageOf({ input: 100, output: 500, reasoning: 400 })), plain)
})

test('a reply whose usage cannot be priced still reaches its client, with a cost that is unknown', async (t) => {
  const usage = {
    prompt_tokens: 1000,
    completion_tokens: 50,
    prompt_tokens_details: { cached_tokens: 100, audio_tokens: 200 },
  }
  const message = { role: 'assistant', content: 'hi' }
  const reply = { id: 'c', model: 'gpt-realtime', choices: [{ index: 0, message, finish_reason: 'stop' }], usage }
  const upstream = await startFakeUpstream(() => ({ chunks: [JSON.stringify(reply)] }))
  const provider = { kind: 'openai', base_url: upstream.url, api_key: '${env:OPENAI_API_KEY}' }
  const gateway = await startGateway(routesConfig({ cloud: provider }, { default: ['cloud/gpt-realtime'] }), {
    environment: { OPENAI_API_KEY: 'sk-of-a-test' },
  })
  t.after(() => Promise.all([gateway.stop(), upstream.close()]))
  const answer = await gateway.chat(ask('default'))
  assert.equal(answer.status, 200, await answer.text())
  const [row] = await gateway.stored(1)
  assert.deepEqual([row!.status, row!.cost_usd, row!.input_tokens], [200, null, 1000])
})
