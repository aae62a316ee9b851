import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest } from '../../core/request.ts'
import { type ClaudeModel, claudeModel } from '../claude-models.ts'
import { claudeSettings } from '../claude-settings.ts'
import { defined } from '../loose-json.ts'
import { Lost, loseSampling, ownExtra } from '../lost.ts'
import { type Json, objectOf } from '../members.ts'
import { acceptedSchema } from '../output-schema.ts'
import { beginWithUser, turnsOf, withoutBlankTexts } from '../turns.ts'
import { topMembers } from './own-members.ts'
import { ID } from './state.ts'
import { writeMessages } from './write-content.ts'
import { placeSystem, writeSystem } from './write-system.ts'
import { writeTools } from './write-tools.ts'

/**
 * Anthropic wants a limit. A client that set none wants no limit, so it gets what a long reply and its thoughts need,
 * as far as the model goes; a server of which nothing is known gets a limit that most servers take.
 */
const DEFAULT_TOKENS = 32000
const UNKNOWN_MODEL_TOKENS = 8192

/** A canonical request as one of Anthropic's Messages. */
export function writeRequest(request: ChatRequest, name: string, quirks: Quirks): Written {
  const lost = new Lost()
  const model = claudeModel(name)
  const own = request.dialect === ID
  const { system, rest } = placeSystem(request.messages, model?.systemAnywhere ?? own, lost)
  const turns = beginWithUser(withoutBlankTexts(turnsOf(rest)), lost)
  const settings = claudeSettings({ request, turns, issuer: ID, own }, model, lost)
  const extra = topMembers(ownExtra(request, ID, lost))
  const { sampling } = request
  loseOthers(request, lost)
  const body: Json = {
    ...extra,
    model: name,
    max_tokens: settings.maxTokens ?? defaultTokens(model),
    system: writeSystem(system, lost),
    messages: writeMessages(turns, lost),
    ...writeTools(request, turns, settings.toolChoice, model?.schema ?? false, lost),
    temperature: settings.temperature,
    top_p: settings.topP,
    top_k: settings.topK,
    stop_sequences: writeStops(sampling.stop, lost),
    thinking: settings.thinking ?? extra.thinking,
    output_config: writeOutputConfig(request, model, settings.effort, extra, lost),
    metadata: writeMetadata(request, extra),
    stream: request.stream || undefined,
  }
  for (const refused of quirks.refuses ?? []) {
    if (body[refused] !== undefined) lost.add(refused)
    delete body[refused]
  }
  return { body: defined(body), lost: lost.list() }
}

function defaultTokens(model: ClaudeModel | null): number {
  return model === null ? UNKNOWN_MODEL_TOKENS : Math.min(DEFAULT_TOKENS, model.mostTokens)
}

function loseOthers({ sampling, messages, dialect }: ChatRequest, lost: Lost): void {
  loseSampling(sampling, lost)
  lost.addSet({
    logprobs: sampling.logprobs,
    name: dialect === ID ? undefined : messages.find((message) => message.name !== undefined)?.name,
  })
}

/** A stop sequence of nothing but white space is refused. */
function writeStops(stop: readonly string[] | undefined, lost: Lost): string[] | undefined {
  const kept = stop?.filter((sequence) => sequence.trim() !== '')
  if (kept?.length !== stop?.length) lost.add('stop')
  return kept?.length === 0 ? undefined : kept
}

function writeOutputConfig(
  { output, dialect }: ChatRequest,
  model: ClaudeModel | null,
  effort: string | undefined,
  extra: Readonly<Json>,
  lost: Lost,
): Json | undefined {
  const config = { ...objectOf(extra.output_config), ...defined({ effort }) }
  const format = dialect === ID && output.type === 'json-schema' ? { schema: output.schema, exact: true } : null
  if (output.type === 'json-schema' && (model === null || model.schema)) {
    const { schema, exact } = format ?? acceptedSchema(output.schema)
    if (!exact) lost.add('response_format.constraints')
    return { ...config, format: { type: 'json_schema', schema } }
  }
  if (output.type !== 'text') lost.add('response_format')
  return Object.keys(config).length === 0 ? undefined : config
}

function writeMetadata({ user }: ChatRequest, extra: Readonly<Json>): Json | undefined {
  const metadata = { ...objectOf(extra.metadata), ...defined({ user_id: user }) }
  return Object.keys(metadata).length === 0 ? undefined : metadata
}
