import type { ChatRequest, FunctionTool, ToolChoice } from '../../core/request.ts'
import { defined } from '../loose-json.ts'
import type { Lost } from '../lost.ts'
import { isObject, type Json, objectOf } from '../members.ts'
import { acceptedSchema } from '../output-schema.ts'
import { safeName } from '../safe-names.ts'
import { asFunctions } from '../tool-names.ts'
import { calledTools, type Turn } from '../turns.ts'
import { membersOfTool } from './own-members.ts'
import { ID } from './state.ts'
import { cacheControl } from './write-content.ts'

/** A request's `tools` and `tool_choice`, as far as there are any. */
export function writeTools(
  request: ChatRequest,
  turns: readonly Turn[],
  choice: ToolChoice | undefined,
  strictTools: boolean,
  lost: Lost,
): Json {
  const own = request.dialect === ID
  const tools = request.tools.flatMap((tool): Json[] => {
    if (tool.type === 'hosted' && tool.dialect === ID) return [objectOf(tool.value)]
    const { functions, hosted } = asFunctions([tool])
    lost.add(...hosted)
    return functions.map((fn) => writeTool(fn, own ? membersOfTool(fn, request.extra) : {}, own, strictTools, lost))
  })
  if (tools.length > 0) return { tools, ...writeChoice(choice, request, tools, lost) }
  if (choice?.mode === 'required' || choice?.mode === 'tool') lost.add('tool_choice')
  // Anthropic wants the tools that a conversation has called to be defined, other formats do not.
  const called = own ? [] : calledTools(turns)
  if (called.length === 0) return {}
  return {
    tools: called.map((name) => ({ name: safeName(name), input_schema: { type: 'object' } })),
    tool_choice: { type: 'none' },
  }
}

function writeTool(tool: FunctionTool, members: Json, own: boolean, strictTools: boolean, lost: Lost): Json {
  const { name, description, parameters, strict, cache } = tool
  // A foreign schema may be stricter than what Anthropic can enforce; then it is offered without the promise.
  const strictly = own ? strict : strict === true && strictTools && acceptedSchema(parameters).exact ? true : undefined
  if (strict === true && strictly !== true) lost.add('strict')
  return {
    name: safeName(name),
    ...defined({ description }),
    input_schema: inputSchema(parameters),
    ...defined({ strict: strictly }),
    ...members,
    ...cacheControl(cache),
  }
}

/** Anthropic wants an object's schema even where there are no arguments. */
function inputSchema(parameters: unknown): Json {
  if (!isObject(parameters)) return { type: 'object', properties: {} }
  return parameters.type === undefined ? { type: 'object', ...parameters } : parameters
}

function writeChoice(choice: ToolChoice | undefined, request: ChatRequest, tools: readonly Json[], lost: Lost): Json {
  const single = request.parallelToolCalls === false
  if (choice === undefined && !single) return {}
  if (choice?.mode === 'none') return { tool_choice: { type: 'none' } }
  const parallel = single ? { disable_parallel_tool_use: true } : {}
  if (choice?.mode === 'required') return { tool_choice: { type: 'any', ...parallel } }
  if (choice?.mode !== 'tool') return { tool_choice: { type: 'auto', ...parallel } }
  const name = safeName(choice.name)
  if (tools.some((tool) => tool.name === name)) return { tool_choice: { type: 'tool', name, ...parallel } }
  lost.add('tool_choice')
  return { tool_choice: { type: 'auto', ...parallel } }
}
