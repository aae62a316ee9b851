import type { Caller } from '../../core/caller.ts'
import type { DatasetItem } from '../../core/dataset.ts'
import type { ChatRequest } from '../../core/request.ts'
import { openaiChat } from '../../dialects/openai-chat/index.ts'
import type { Arrival } from '../../pipeline/receive.ts'

/** Members with which a provider would search or fetch by itself. */
const PROVIDER_TOOLS: readonly string[] = ['web_search_options', 'search_parameters', 'plugins']
/** Of whoever asks from this machine, as `pipeline/authenticate.ts` has it. */
const USUAL_TENANT = 'local'

/** A request on its way once more. */
export interface WrittenItem {
  body: Buffer
  /** Names of what could not be written, or was left out. */
  lost: string[]
}

/**
 * A request in OpenAI's chat format. Nothing is executed for it: tools that a provider runs itself are left out, those of
 * the client are offered as they were, and what they gave then is part of the conversation.
 */
export function writeItem(request: ChatRequest, model: string): WrittenItem {
  const { body, lost } = openaiChat.writeRequest(withoutProviderTools(request), model, {})
  const hosted = request.tools.flatMap((tool) => (tool.type === 'hosted' ? [tool.name] : []))
  const members = PROVIDER_TOOLS.filter((name) => name in request.extra)
  return { body: Buffer.from(JSON.stringify(body)), lost: [...new Set([...lost, ...hosted, ...members])] }
}

function withoutProviderTools(request: ChatRequest): ChatRequest {
  const tools = request.tools.filter(({ type }) => type !== 'hosted')
  const { toolChoice, ...rest } = request
  const choosesThere = toolChoice?.mode !== 'tool' || tools.some(({ name }) => name === toolChoice.name)
  return {
    ...rest,
    tools,
    ...(toolChoice && choosesThere ? { toolChoice } : {}),
    streamUsage: true,
    extra: Object.fromEntries(Object.entries(request.extra).filter(([name]) => !PROVIDER_TOOLS.includes(name))),
  }
}

export function arrivalOf(body: Buffer): Omit<Arrival, 'own'> {
  return {
    surface: '/v1/chat/completions',
    dialect: openaiChat,
    address: {},
    headers: {},
    remoteAddress: '127.0.0.1',
    body,
    receivedAt: performance.now(),
  }
}

/** On whose behalf: that of whoever made the request, as far as its facts tell. */
export function callerOf({ facts }: Pick<DatasetItem, 'facts'>): Caller {
  const metadata = Object.entries(facts).flatMap(([name, value]) =>
    name.startsWith('metadata.') ? [[name.slice('metadata.'.length), value] as const] : [],
  )
  return {
    tenant: facts.tenant ?? USUAL_TENANT,
    team: facts.team ?? null,
    key: null,
    routes: null,
    session: null,
    user: null,
    metadata: Object.fromEntries(metadata),
  }
}
