import { calcPrice, type ModelPrice } from '@pydantic/genai-prices'
import type { PriceAttempt } from '../core/ports.ts'
import { promptTokens, type Usage } from '../core/usage.ts'

/** Prices can depend on the time of day, so that a looked-up one is kept for this long only. */
const KEEP_MS = 60_000
const NANO = 1e9
/** Dollars per million tokens to nano-dollars per token. */
const NANO_PER_TOKEN = 1000

/** The catalogue that is built in. Its prices are those of the day it was published. */
export const CATALOGUE = { name: '@pydantic/genai-prices', version: '0.1.8', asOf: '2026-09-23' } as const

/** Dollars per million tokens. */
export interface ListPrice {
  input: number
  output: number
}

/** The list price of a model; `null` when it is not known or not a flat one. */
export function listPrice(priceId: string | null, model: string): ListPrice | null {
  const rates = priceId === null ? 'unknown' : lookUp(priceId, model)
  return typeof rates === 'string' ? null : { input: rates.input, output: rates.output }
}

type Rates = { input: number; cacheRead: number; cacheWrite: number; output: number }

/**
 * Prices attempts from the catalogue of `@pydantic/genai-prices`, which is part of the package and works offline.
 * A model with flat rates is looked up once a minute, as the catalogue's own calculation takes 30 µs.
 */
export function createPrices(): PriceAttempt {
  const kept = new Map<string, { until: number; rates: Rates | 'unknown' | 'complex' }>()
  return (priceId, model, usage) => {
    if (priceId === null || usage === null) return null
    const key = `${priceId}/${model}`
    const now = Date.now()
    let entry = kept.get(key)
    if (!entry || entry.until < now) {
      if (kept.size > 1000) kept.clear()
      entry = { until: now + KEEP_MS, rates: lookUp(priceId, model) }
      kept.set(key, entry)
    }
    const { rates } = entry
    if (rates === 'unknown') return null
    if (rates === 'complex' || usage.audioInput > 0 || usage.audioOutput > 0) return calculate(priceId, model, usage)
    const dollarsPerMillion =
      usage.input * rates.input +
      usage.cacheRead * rates.cacheRead +
      usage.cacheWrite * rates.cacheWrite +
      usage.output * rates.output
    return Math.round(dollarsPerMillion * NANO_PER_TOKEN)
  }
}

function lookUp(priceId: string, model: string): Rates | 'unknown' | 'complex' {
  const price = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: priceId })
  return price === null ? 'unknown' : flatRates(price.model_price)
}

function flatRates(price: ModelPrice): Rates | 'complex' {
  const { input_mtok: input, output_mtok: output } = price
  const cacheRead = price.cache_read_mtok ?? input
  const cacheWrite = price.cache_write_mtok ?? input
  const flat = [input, output, cacheRead, cacheWrite].every((rate) => typeof rate === 'number')
  if (!flat || price.requests_kcount !== undefined) return 'complex'
  return { input, output, cacheRead, cacheWrite } as Rates
}

function calculate(priceId: string, model: string, usage: Usage): number | null {
  try {
    return calculateByCatalogue(priceId, model, usage)
  } catch {
    // The catalogue asks for a count that the provider did not give, e.g. cached audio: the cost is not known.
    return null
  }
}

function calculateByCatalogue(priceId: string, model: string, usage: Usage): number | null {
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
  return price === null ? null : Math.round(price.total_price * NANO)
}
