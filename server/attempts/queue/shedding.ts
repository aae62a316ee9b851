import { GatewayError } from '../../core/errors.ts'

/** Clients are never asked to come back sooner. */
const SOONEST_MS = 1000

function overloaded(message: string, estimateMs: number): GatewayError {
  return new GatewayError('overloaded', message, { retryAfterMs: Math.max(SOONEST_MS, Math.ceil(estimateMs)) })
}

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`

/** No place is left to wait in. */
export function full(provider: string, waiting: number, estimateMs: number): GatewayError {
  const message = `Provider ${provider} has ${waiting} requests waiting, as many as its queue.max_waiting lets.`
  return overloaded(message, estimateMs)
}

/** Another request took its place. */
export function displaced(provider: string, estimateMs: number): GatewayError {
  const message = `Provider ${provider} has as many requests waiting as its queue.max_waiting lets, and one of a higher class or of a tenant with fewer took this one's place.`
  return overloaded(message, estimateMs)
}

/** It would wait longer than it may. */
export function tooLong(provider: string, estimateMs: number, limitMs: number): GatewayError {
  const message = `A request would wait for provider ${provider} for about ${seconds(estimateMs)}; its queue.max_wait is ${seconds(limitMs)}.`
  return overloaded(message, estimateMs)
}

/** It would still wait when its time is over. */
export function tooLate(provider: string, estimateMs: number, leftMs: number): GatewayError {
  const message = `This request would wait for provider ${provider} for about ${seconds(estimateMs)} and has ${seconds(leftMs)} left; a higher max_concurrency of the provider would let it begin sooner.`
  return overloaded(message, estimateMs)
}

/** It has waited as long as it may. */
export function waitedOut(provider: string, waitedMs: number, estimateMs: number): GatewayError {
  const message = `The request waited for provider ${provider} for ${seconds(waitedMs)}, its queue.max_wait.`
  return overloaded(message, estimateMs)
}

/** The whole request's time is over. */
export function outOfTime(provider: string): GatewayError {
  const message = `The time limit of the whole request passed before provider ${provider} had a free slot (max_concurrency).`
  return new GatewayError('deadline_exceeded', message)
}
