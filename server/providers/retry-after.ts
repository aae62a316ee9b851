type Headers = Readonly<Record<string, string>>

/** Headers that say when a limit is lifted, beside how much of it is left. */
const RESETS = [
  // OpenAI, Groq, Together: https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  // https://platform.claude.com/docs/en/api/rate-limits#response-headers
  ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset'],
  ['anthropic-ratelimit-input-tokens-remaining', 'anthropic-ratelimit-input-tokens-reset'],
  ['anthropic-ratelimit-output-tokens-remaining', 'anthropic-ratelimit-output-tokens-reset'],
] as const

/**
 * Milliseconds to wait as the upstream says, `null` when it does not: `retry-after-ms`, `retry-after` in seconds or
 * as a date (RFC 9110 §10.2.3), Google's `RetryInfo.retryDelay` in the body (google/rpc/error_details.proto), a
 * used-up limit's reset, OpenAI's "try again in 1.2s".
 */
export function readRetryAfter(headers: Headers, body: string, now: number): number | null {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const value = headers['retry-after']
  if (value !== undefined) return readMoment(value, now)
  const delay = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1]
  if (delay !== undefined) return Math.ceil(Number(delay) * 1000)
  const resets = RESETS.flatMap(([remaining, reset]) => {
    const wait = headers[remaining] === '0' ? readMoment(headers[reset] ?? '', now) : null
    return wait === null ? [] : [wait]
  })
  if (resets.length > 0) return Math.max(...resets)
  const said = /try again in ((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)/i.exec(body)?.[1]
  return said === undefined ? null : readDuration(said)
}

/** Seconds, a duration such as `6m0s`, or a date; `null` for anything else. */
function readMoment(text: string, now: number): number | null {
  const seconds = Number(text)
  if (text.trim() !== '' && seconds >= 0) return seconds * 1000
  const duration = readDuration(text)
  if (duration !== null) return duration
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Go's way of writing durations: `1m30.5s`, `120ms`. */
function readDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return null
  let sum = 0
  for (const [, value, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) sum += Number(value) * UNITS[unit!]!
  return Math.ceil(sum)
}
