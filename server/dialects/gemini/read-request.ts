import type { ChatRequest, RequestHead } from '../../core/request.ts'
import type { Json } from '../members.ts'
import { camelMembers } from './names.ts'
import { readConfig } from './read-config.ts'
import { readContents, readSystem } from './read-contents.ts'
import { readToolConfig, readTools } from './read-tools.ts'

/**
 * A generateContent request in the canonical model. `extra` holds the top-level members without a place there, and
 * those of nested objects by their path, e.g. `generationConfig.speechConfig`. Throws `invalid_request`.
 */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const {
    model: _,
    contents,
    systemInstruction,
    tools: listed,
    toolConfig,
    generationConfig,
    ...others
  } = camelMembers(json)
  const { tools, extra: ofTools } = readTools(listed)
  const { choice, extra: ofToolConfig } = readToolConfig(toolConfig, tools)
  const { sampling, output, reasoning, extra: ofConfig } = readConfig(generationConfig)
  return {
    dialect: 'gemini',
    model: head.model,
    messages: [...readSystem(systemInstruction), ...readContents(contents)],
    tools,
    ...(choice ? { toolChoice: choice } : {}),
    sampling,
    output,
    ...(reasoning ? { reasoning } : {}),
    stream: head.stream,
    streamUsage: head.streamUsage,
    extra: { ...others, ...ofTools, ...ofToolConfig, ...ofConfig },
  }
}
