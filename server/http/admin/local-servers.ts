import type { ProviderPolicy } from '../../core/policy.ts'
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

const LIMIT_MS = 1500
type Json = Record<string, unknown>
/** The JSON of a 200 answer to a GET, and the `server` header; `null` for anything else. */
type Get = (path: string) => Promise<{ json: Json; server: string } | null>

/** Looks at a loopback port and says what model server answers there; told by the answers, not by the port. */
export async function recognise(port: number, send: Send): Promise<FoundServer | null> {
  const origin = `http://127.0.0.1:${port}`
  const get: Get = async (path) => {
    const call = {
      provider: LOOPBACK,
      method: 'GET',
      url: `${origin}${path}`,
      headers: HEADERS,
      body: '',
      stream: false,
    } as const
    const answer = await ask(send, call, LIMIT_MS).catch(() => null)
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

/** Nobody's provider: no credential goes along. */
const LOOPBACK: ProviderPolicy = {
  id: 'local',
  kind: 'openai-compatible',
  baseUrl: null,
  apiKey: null,
  headers: {},
  residency: 'local',
  options: {},
  dialects: null,
  problem: null,
}

const RECOGNISERS: readonly ((get: Get, origin: string) => Promise<FoundServer | null>)[] = [
  ollama,
  lmstudio,
  openaiServer,
]

/** https://github.com/ollama/ollama/blob/main/docs/api.md; a gateway such as this one speaks the same and is none. */
async function ollama(get: Get, origin: string): Promise<FoundServer | null> {
  const tags = await get('/api/tags')
  if (!Array.isArray(tags?.json.models)) return null
  const models = tags.json.models as { model?: string; name?: string; details?: { format?: string } }[]
  if (models.some((model) => model?.details?.format === 'gatehouse')) return null
  const version = (await get('/api/version'))?.json.version
  const running = (await get('/api/ps'))?.json.models
  const loaded = new Set(Array.isArray(running) ? running.map((model: { model?: string } | null) => model?.model) : [])
  const found = readModels(tags.json, 'name', 'models').map((model) => ({ ...model, loaded: loaded.has(model.id) }))
  return { kind: 'ollama', baseUrl: origin, version: textOf(version), models: found }
}

/** https://lmstudio.ai/docs/developer/rest: a list of its own, with the state of each model. */
async function lmstudio(get: Get, origin: string): Promise<FoundServer | null> {
  const answer = await get('/api/v0/models')
  const list = answer?.json.data
  if (!Array.isArray(list) || !list.every((model: Json | null) => typeof model?.state === 'string')) return null
  const states = new Map(list.map((model: Json) => [model.id, model.state]))
  const found = readModels(answer!.json, 'id', 'data').map((model) => ({
    ...model,
    loaded: states.get(model.id) === 'loaded',
  }))
  return { kind: 'lmstudio', baseUrl: `${origin}/v1`, version: null, models: found }
}

/** vLLM and llama.cpp sign their models with `owned_by`; llama.cpp also names itself as the server. */
async function openaiServer(get: Get, origin: string): Promise<FoundServer | null> {
  const answer = await get('/v1/models')
  const list = answer?.json.data
  if (!answer || !Array.isArray(list)) return null
  const owners = new Set(list.map((model: Json | null) => model?.owned_by))
  const kind = owners.has('vllm')
    ? 'vllm'
    : owners.has('llamacpp') || answer.server.includes('llama.cpp')
      ? 'llamacpp'
      : null
  if (kind === null) return null
  const version = kind === 'vllm' ? (await get('/version'))?.json.version : null
  const models = readModels(answer.json, 'id', 'data')
  return { kind, baseUrl: `${origin}/v1`, version: textOf(version), models }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
