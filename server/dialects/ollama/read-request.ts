import { GatewayError } from '../../core/errors.ts'
import type { ChatRequest, FunctionTool, OutputFormat, RequestHead, Tool } from '../../core/request.ts'
import { asBoolean, asNumber, asObject, asObjects, asText, isObject, type Json, present, refuse } from '../members.ts'
import { readOptions } from './options.ts'
import { readMessages } from './read-messages.ts'
import { readThink } from './thinking.ts'

/** An `/api/chat` request in the canonical model. Throws `invalid_request`. */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const { messages, tools, ...others } = json
  const read = readMessages(messages)
  if (read.length === 0) throw onlyLoads('messages')
  return { ...readCommon(others, head), dialect: 'ollama', messages: read, tools: readTools(tools) }
}

/** What `/api/chat` and `/api/generate` have in common; members that are not known go to `extra`. */
export function readCommon(json: Readonly<Json>, head: RequestHead): Omit<ChatRequest, 'messages' | 'tools'> {
  const { model: _, stream: __, options, think, format, logprobs, top_logprobs: top, ...others } = json
  const { sampling, rest } = readOptions(asObject(options, 'options') ?? {})
  if (asBoolean(logprobs, 'logprobs') === true) sampling.logprobs = asNumber(top, 'top_logprobs') ?? 0
  const reasoning = readThink(think)
  const more = present(rest)
  return {
    dialect: 'ollama',
    model: head.model,
    sampling,
    output: readFormat(format),
    ...(reasoning ? { reasoning } : {}),
    stream: head.stream,
    streamUsage: head.streamUsage,
    extra: { ...present(others), ...(Object.keys(more).length === 0 ? {} : { options: more }) },
  }
}

/** Ollama answers a request without a prompt by loading the model, which has no meaning for another provider. */
export function onlyLoads(param: string): GatewayError {
  return new GatewayError(
    'invalid_request',
    `The request has no \`${param}\`: Ollama would only load the model, the gateway has nothing to ask for.`,
    { param },
  )
}

/** The empty string is what some clients send for none. */
function readFormat(value: unknown): OutputFormat {
  if (value === undefined || value === null || value === '') return { type: 'text' }
  if (value === 'json') return { type: 'json' }
  if (isObject(value)) return { type: 'json-schema', schema: value }
  throw refuse('format', '`json` or a JSON Schema', value)
}

function readTools(value: unknown): Tool[] {
  return asObjects(value, 'tools').map((json, index): Tool => {
    const param = `tools.${index}`
    const type = asText(json.type, `${param}.type`) ?? 'function'
    if (type !== 'function') return { type: 'hosted', name: type, dialect: 'ollama', value: json }
    const { name: given, description, parameters } = asObject(json.function, `${param}.function`) ?? {}
    const name = asText(given, `${param}.function.name`)
    if (!name) throw refuse(`${param}.function.name`, 'the name of the tool', given)
    const about = asText(description, `${param}.function.description`)
    const schema = asObject(parameters, `${param}.function.parameters`)
    const tool: FunctionTool = {
      type: 'function',
      name,
      ...(about ? { description: about } : {}),
      ...(schema === undefined ? {} : { parameters: schema }),
    }
    return tool
  })
}
