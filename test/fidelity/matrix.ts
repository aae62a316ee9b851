import { isDeepStrictEqual } from 'node:util'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { routesConfig, startGateway } from '../support/gateway.ts'
import { type Cell, LOSSES, type Loss } from './losses.ts'
import { errorMeaning, type Meaning } from './meaning.ts'
import { type Recorded, recordedOf, UPSTREAMS, type Upstream } from './recorded.ts'
import { SDKS, type Sdk } from './sdks.ts'

/** How long one call may take; a reply of single bytes takes most. */
const LIMIT_MS = 20_000
/** Calls at a time: waiting for each other would take longer than the work. */
const AT_ONCE = 6
const WHOLE = Number.POSITIVE_INFINITY
const LONGEST_BYTEWISE = 12_000

/** What stands in replies where Anthropic and Gemini demand a signature, and means that there is none. */
const STAND_INS = new Set(['gatehouse-made-this-up-it-is-not-signed', 'skip_thought_signature_validator'])

/** One call: a recording, read by a client. */
export interface Call {
  upstream: Upstream
  recording: Recorded
  sdk: Sdk
  stream: boolean
  size: number
}

export interface Outcome extends Call {
  expected: Meaning
  got: Meaning
  /** What the client's format cannot say of it. */
  losses: Loss[]
  ok: boolean
}

/** Every recording to every client, streamed and whole, at every chunking; single bytes in a share of the calls. */
export function allCalls(bytewiseShare: number): Call[] {
  const calls = UPSTREAMS.flatMap((upstream) =>
    recordedOf(upstream).flatMap((recording) =>
      SDKS.filter((sdk) => asks(sdk, upstream)).flatMap((sdk) =>
        [true, false].flatMap((stream) => [WHOLE, 61, 1].map((size) => ({ upstream, recording, sdk, stream, size }))),
      ),
    ),
  )
  let bytewise = 0
  return calls.filter(({ size, recording }) => {
    if (size !== 1) return true
    if (recording.bytes > LONGEST_BYTEWISE) return false
    bytewise += 1
    return bytewise % bytewiseShare === 0
  })
}

/** Ollama is asked at `/api/chat` for chats, so that no such client ever sees what `/api/generate` answers. */
export function asks(sdk: Sdk, upstream: Upstream): boolean {
  return !(sdk.dialect === 'ollama' && upstream.format === 'ollama-generate')
}

/** Makes the calls through a real gateway, and compares what came with what was recorded. */
export async function runMatrix(calls: readonly Call[]): Promise<Outcome[]> {
  const upstream = await startFakeUpstream()
  upstream.answer = ({ path, json }) => {
    // The model says which call it is: in the body, or in the address.
    const [, index] = /call-(\d+)/.exec(`${json.model} ${decodeURIComponent(path)}`)!
    const { recording, size } = calls[Number(index)]!
    return recording.replay(size)
  }
  const gateway = await startGateway(configOf(upstream), { environment: { KEY: 'test-credential' } })
  const outcomes: Outcome[] = []
  const queue = calls.keys()
  const work = async () => {
    for (const index of queue) outcomes[index] = await run(calls[index]!, index, gateway.url)
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  } finally {
    await gateway.stop()
    await upstream.close()
  }
  return outcomes
}

function configOf({ url }: FakeUpstream): string {
  const providers = UPSTREAMS.map(({ kind, base, dialects }, index) => [
    `p${index}`,
    { kind, base_url: `${url}${base}`, api_key: '${env:KEY}', ...(dialects ? { dialects } : {}) },
  ])
  const more = { direct_access: true }
  return routesConfig(Object.fromEntries(providers), { default: ['sandbox/echo'] }, more)
}

async function run(call: Call, index: number, url: string): Promise<Outcome> {
  const { upstream, recording, sdk, stream } = call
  const model = `p${UPSTREAMS.indexOf(upstream)}/call-${index}`
  const got = await ask(sdk, url, model, stream)
  const cell = { client: sdk.dialect, format: upstream.format, stream, streamed: recording.streamed }
  const { expected, losses } = expectation(recording.meaning, cell)
  return { ...call, expected, got, losses, ok: isDeepStrictEqual(comparable(got, expected), expected) }
}

/** What a client gets to see, and why it is less than what was recorded. */
export function expectation(recorded: Meaning, cell: Cell): { expected: Meaning; losses: Loss[] } {
  let expected = recorded
  const losses: Loss[] = []
  for (const loss of LOSSES) {
    if (!loss.dialects.includes(cell.client)) continue
    const left = loss.apply(expected, cell)
    if (isDeepStrictEqual(left, expected)) continue
    losses.push(loss)
    expected = left
  }
  return { expected, losses }
}

async function ask(sdk: Sdk, url: string, model: string, stream: boolean): Promise<Meaning> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Meaning>((resolve) => {
    timer = setTimeout(() => resolve(errorMeaning('The request hung.')), LIMIT_MS)
  })
  const answer = sdk.ask(url, model, stream).catch((error) => {
    const known = sdk.errorOf(error)
    return known ?? errorMeaning(`Not an error of the SDK's: ${error instanceof Error ? error.stack : error}`)
  })
  try {
    return await Promise.race([answer, limit])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * A meaning in the words of the expected one, where they mean the same: an id in the form of another format, an id that
 * the gateway makes up where the provider gives none, a provider's message within the gateway's.
 */
function comparable(got: Meaning, expected: Meaning): Meaning {
  const { error, usage } = got
  const wanted = expected.error
  const isMadeUp = expected.usage === 'made up' && usage !== 'made up' && usage?.output === 0
  return {
    ...got,
    usage: isMadeUp ? expected.usage : usage,
    state: got.state.filter((state) => !STAND_INS.has(state)),
    id: expected.id === null || bareId(got.id) === bareId(expected.id) ? expected.id : got.id,
    model: expected.model === null ? null : got.model,
    toolCalls: got.toolCalls.map((call, index) => {
      const other = expected.toolCalls[index]
      return other?.id === null ? { ...call, id: null } : call
    }),
    error:
      error && wanted
        ? {
            status: wanted.status === null ? null : error.status,
            message: error.message.includes(wanted.message) ? wanted.message : error.message,
          }
        : error,
  }
}

function bareId(id: string | null): string | null {
  return id?.replace(/^resp_/, '').replace(/[^A-Za-z0-9]/g, '') ?? null
}
