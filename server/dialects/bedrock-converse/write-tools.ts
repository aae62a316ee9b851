import type { ChatRequest, FunctionTool, ToolChoice } from '../../core/request.ts'
import { defined } from '../loose-json.ts'
import type { Lost } from '../lost.ts'
import { isObject, type Json } from '../members.ts'
import { acceptedSchema } from '../output-schema.ts'
import { safeName } from '../safe-names.ts'
import { asFunctions } from '../tool-names.ts'
import { calledTools, hasToolParts, type Turn } from '../turns.ts'
import type { Family } from './families.ts'
import { cachePoint } from './write-content.ts'

/**
 * Converse's `toolConfig`. It is demanded where the conversation has calls of tools or their results, and it has no way
 * to forbid their use: then the tools are left out where that is allowed.
 */
export function writeToolConfig(
  request: ChatRequest,
  turns: readonly Turn[],
  choice: ToolChoice | undefined,
  family: Family,
  lost: Lost,
): Json | undefined {
  const { functions, hosted } = asFunctions(request.tools)
  lost.add(...hosted)
  const needed = hasToolParts(turns)
  const forbidden = choice?.mode === 'none'
  if (forbidden && !needed) return undefined
  const tools = functions.flatMap((tool) => [writeTool(tool, family, lost), ...cachePoint(tool.cache, family)])
  if (tools.length > 0) {
    if (forbidden) lost.add('tool_choice')
    return { tools, ...writeChoice(choice, functions, lost) }
  }
  if (choice?.mode === 'required' || choice?.mode === 'tool') lost.add('tool_choice')
  const called = calledTools(turns).map((name) => ({ toolSpec: { name: safeName(name), inputSchema: NOTHING } }))
  return called.length === 0 ? undefined : { tools: called }
}

const NOTHING: Json = { json: { type: 'object', properties: {} } }

function writeTool({ name, description, parameters, strict }: FunctionTool, family: Family, lost: Lost): Json {
  const strictly = strict === true && family.schema && acceptedSchema(parameters).exact
  if (strict === true && !strictly) lost.add('strict')
  const schema = isObject(parameters) ? { json: { type: 'object', ...parameters } } : NOTHING
  return {
    toolSpec: {
      name: safeName(name),
      // An empty description is refused.
      ...defined({ description: description || undefined }),
      inputSchema: schema,
      ...(strictly ? { strict: true } : {}),
    },
  }
}

function writeChoice(choice: ToolChoice | undefined, tools: readonly FunctionTool[], lost: Lost): Json {
  switch (choice?.mode) {
    case 'auto':
      return { toolChoice: { auto: {} } }
    case 'required':
      return { toolChoice: { any: {} } }
    case 'tool':
      if (tools.some(({ name }) => name === choice.name))
        return { toolChoice: { tool: { name: safeName(choice.name) } } }
      lost.add('tool_choice')
      return {}
    default:
      return {}
  }
}
