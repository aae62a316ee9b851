import { bareProvider } from '../../core/policy.ts'
import type { FoundModel, Send } from '../../core/ports.ts'
import { ask, jsonOf } from '../../egress/ask.ts'
import { readModels } from '../../providers/model-lists.ts'

/** Where model servers listen unless told otherwise: Ollama, LM Studio, vLLM, llama.cpp and their usual neighbours. */
export const USUAL_PORTS: readonly number[] = [11434, 1234, 8000, 8001, 8080, 8081, 8888, 5000, 10000, 30000]

export interface FoundServer {
  kind: 'ollama' | 'lmstudio' | 'vllm' | 'llamacpp'
  baseUrl: string
  version: string | null
  models: FoundModel[]
}

/** For one answer, and for all that one port is asked. */
const ANSWER_MS = 1500
const PORT_MS = 2500
type Json = Record<string, unknown>
/** The JSON of a 200 answer to a GET, and the `server` header; `null` for anything else. */
type Get = (path: string) => Promise<{ json: Json; server: string } | null>

/**
 * Looks at a loopback port and says what model server answers there; told by the answers, not by the port. Takes no
 * longer than PORT_MS. Never rejects.
 */
export async function recognise(port: number, send: Send): Promise<FoundServer | null> {
  const origin = `http://127.0.0.1:${port}`
  const until = performance.now() + PORT_MS
  const get: Get = async (path) => {
    const left = Math.min(ANSWER_MS, until - performance.now())
    if (left <= 0) return null
    const url = `${origin}${path}`
    const call = { provider: LOOPBACK, method: 'GET', url, headers: HEADERS, body: '', stream: false } as const
    const answer = await ask(send, call, left).catch(() => null)
    const json = answer?.status === 200 ? jsonOf(answer) : null
    if (typeof json !== 'object' || json === null) return null
    return { json: json as Json, server: answer!.headers.server ?? '' }
  }
  for (const recogniser of RECOGNISERS) {
    const found = await recogniser(get, origin)
    if (found) return found
  }
  return null
}

const HEADERS = { accept: 'application/json', 'user-agent': 'gatehouse' }

const LOOPBACK = bareProvider('local', 'openai-compatible')

const RECOGNISERS: readonly ((get: Get, origin: string) => Promise<FoundServer | null>)[] = [
  ollama,
  lmstudio,
  openaiServer,
]

/**
 * https://github.com/ollama/ollama/blob/main/docs/api.md. Others answer at the same address and are none: llama.cpp,
 * which puts OpenAI's list beside (https://github.com/ggml-org/llama.cpp/pull/13659), and a gateway such as this one.
 */
async function ollama(get: Get, origin: string): Promise<FoundServer | null> {
  const tags = await get('/api/tags')
  if (!Array.isArray(tags?.json.models) || 'data' in tags.json) return null
  const models = tags.json.models as ({ details?: { format?: string } } | null)[]
  if (models.some((model) => model?.details?.format === 'gatehouse')) return null
  const [version, running] = await Promise.all([get('/api/version'), get('/api/ps')])
  if (typeof version?.json.version !== 'string') return null
  const loaded = new Set(listOf(running?.json.models).map((model) => model?.name))
  const found = readModels(tags.json, 'name', 'models').map((model) => ({ ...model, loaded: loaded.has(model.id) }))
  return { kind: 'ollama', baseUrl: origin, version: version.json.version, models: found }
}

/** https://lmstudio.ai/docs/developer/rest: a list of its own, with the state of each model. */
async function lmstudio(get: Get, origin: string): Promise<FoundServer | null> {
  const answer = await get('/api/v0/models')
  if (answer?.json.object !== 'list' || !Array.isArray(answer.json.data)) return null
  const list = listOf(answer.json.data)
  if (!list.every((model) => typeof model?.state === 'string')) return null
  const states = new Map(list.map((model) => [model?.id, model?.state]))
  const found = readModels(answer.json, 'id', 'data').map((model) => ({
    ...model,
    loaded: states.get(model.id) === 'loaded',
  }))
  return { kind: 'lmstudio', baseUrl: `${origin}/v1`, version: null, models: found }
}

/** vLLM and llama.cpp sign their models with `owned_by`; llama.cpp also names itself as the server. */
async function openaiServer(get: Get, origin: string): Promise<FoundServer | null> {
  const answer = await get('/v1/models')
  const list = listOf(answer?.json.data)
  const owners = new Set(list.map((model) => model?.owned_by))
  const isLlama = owners.has('llamacpp') || (answer?.server.includes('llama.cpp') && Array.isArray(answer.json.data))
  const kind = owners.has('vllm') ? 'vllm' : isLlama ? 'llamacpp' : null
  if (!answer || kind === null) return null
  const version = kind === 'vllm' ? (await get('/version'))?.json.version : (await get('/props'))?.json.build_info
  // What it serves is in memory; a llama.cpp that switches between models says of each whether it is.
  const asleep = new Set(list.filter((model) => !isAwake(model?.status)).map((model) => model?.id))
  const models = readModels(answer.json, 'id', 'data').map((model) => ({ ...model, loaded: !asleep.has(model.id) }))
  return { kind, baseUrl: `${origin}/v1`, version: typeof version === 'string' ? version : null, models }
}

function isAwake(status: unknown): boolean {
  const value = (status as { value?: unknown } | null | undefined)?.value
  return value === undefined || value === 'loaded'
}

function listOf(value: unknown): (Json | null)[] {
  return Array.isArray(value) ? value : []
}
