import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest } from '../../core/request.ts'
import { type ClaudeSettings, claudeSettings } from '../claude-settings.ts'
import { defined } from '../loose-json.ts'
import { Lost, loseCacheMarks, loseSampling, ownExtra, splitSystem } from '../lost.ts'
import type { Json } from '../members.ts'
import { acceptedSchema } from '../output-schema.ts'
import { beginWithUser, type Turn, turnsOf, withoutBlankTexts } from '../turns.ts'
import { type Family, familyOf } from './families.ts'
import { ID } from './read-block.ts'
import { writeMessages, writeSystem } from './write-content.ts'
import { writeToolConfig } from './write-tools.ts'

/** A canonical request as Converse's body; the model and the wish for a stream stand in the address. */
export function writeRequest(request: ChatRequest, model: string, _quirks: Quirks): Written {
  const lost = new Lost()
  const family = familyOf(model)
  const { system, rest } = splitSystem(request.messages, lost)
  const turns = beginWithUser(withoutBlankTexts(turnsOf(rest)), lost)
  const { inferenceConfig, fields, toolChoice } = settingsOf(request, turns, family, lost)
  const extra = ownExtra(request, ID, lost)
  loseOthers(request, family, lost)
  const systemBlocks = writeSystem(system, family, lost)
  const body: Json = {
    ...extra,
    messages: writeMessages(turns, family, lost),
    system: systemBlocks.length === 0 ? undefined : systemBlocks,
    inferenceConfig: orNothing(inferenceConfig),
    toolConfig: writeToolConfig(request, turns, toolChoice, family, lost),
    outputConfig: writeOutput(request, family, lost),
    additionalModelRequestFields: orNothing(fields),
  }
  return { body: defined(body), lost: lost.list() }
}

interface Settings {
  inferenceConfig: Json
  /** What only the model's own API knows: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html */
  fields: Json
  toolChoice: ChatRequest['toolChoice'] | undefined
}

function settingsOf(request: ChatRequest, turns: readonly Turn[], family: Family, lost: Lost): Settings {
  const { sampling } = request
  const stop = sampling.stop?.length === 0 ? undefined : sampling.stop
  if (family.claude === null) {
    const { maxTokens, temperature, topP } = sampling
    return {
      inferenceConfig: { maxTokens, temperature, topP, stopSequences: stop },
      fields: otherFields(request, family, lost),
      toolChoice: request.toolChoice,
    }
  }
  const own = request.dialect === 'anthropic-messages'
  const settings = claudeSettings({ request, turns, issuer: ID, own }, family.claude, lost)
  const { maxTokens, temperature, topP, toolChoice } = settings
  return {
    inferenceConfig: { maxTokens, temperature, topP, stopSequences: stop },
    fields: claudeFields(request, settings, lost),
    toolChoice,
  }
}

/** Anthropic's own members. Calls in parallel can only be turned off where nothing is said about tools otherwise. */
function claudeFields(request: ChatRequest, settings: ClaudeSettings, lost: Lost): Json {
  const { thinking, effort, topK, toolChoice } = settings
  const single = request.parallelToolCalls === false && request.tools.length > 0 && toolChoice?.mode !== 'none'
  const open = toolChoice === undefined
  if (single && !open) lost.add('parallel_tool_calls')
  return {
    thinking,
    output_config: effort && { effort },
    top_k: topK,
    tool_choice: single && open ? { type: 'auto', disable_parallel_tool_use: true } : undefined,
  }
}

/** Efforts of models that are no Claude. */
function otherFields({ reasoning, sampling, parallelToolCalls }: ChatRequest, family: Family, lost: Lost): Json {
  const { topK } = sampling
  if (topK !== undefined && !family.nova) lost.add('top_k')
  if (parallelToolCalls === false) lost.add('parallel_tool_calls')
  const fields = { inferenceConfig: topK !== undefined && family.nova ? { topK } : undefined }
  if (reasoning?.effort === undefined && reasoning?.budget === undefined) return fields
  const off = reasoning.effort === 'none' || reasoning.budget === 0
  // A model that does not think, or is not known to, is off as it is.
  if (family.reasoning === null) {
    if (!off) lost.add('reasoning')
    return fields
  }
  const level = threeLevels(reasoning.effort)
  if (family.reasoning === 'gpt-oss') return { ...fields, reasoning_effort: off ? 'low' : level }
  // https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
  const config = off ? { type: 'disabled' } : { type: 'enabled', maxReasoningEffort: level }
  return { ...fields, reasoningConfig: config }
}

function threeLevels(effort: NonNullable<ChatRequest['reasoning']>['effort']): string {
  if (effort === 'minimal' || effort === 'low') return 'low'
  return effort === 'high' || effort === 'xhigh' || effort === 'max' ? 'high' : 'medium'
}

function loseOthers({ sampling, messages, ...request }: ChatRequest, family: Family, lost: Lost): void {
  loseSampling(sampling, lost)
  lost.addSet({
    logprobs: sampling.logprobs,
    name: messages.find((message) => message.name !== undefined)?.name,
  })
  if (!family.caches) loseCacheMarks({ ...request, sampling, messages }, lost)
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_JsonSchemaDefinition.html: a schema is a text. */
function writeOutput({ output }: ChatRequest, { claude, schema: hasSchema }: Family, lost: Lost): Json | undefined {
  if (output.type === 'text') return undefined
  if (output.type === 'json' || !hasSchema) {
    lost.add('response_format')
    return undefined
  }
  const { schema, exact } = claude ? acceptedSchema(output.schema) : { schema: output.schema, exact: true }
  if (!exact) lost.add('response_format.constraints')
  const jsonSchema = {
    schema: JSON.stringify(schema),
    ...defined({ name: output.name, description: output.description }),
  }
  return { textFormat: { type: 'json_schema', structure: { jsonSchema } } }
}

function orNothing(members: Json): Json | undefined {
  const said = defined(members)
  return Object.keys(said).length === 0 ? undefined : said
}
