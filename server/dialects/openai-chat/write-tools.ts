import type { ChatRequest, CustomTool, FunctionTool, Tool } from '../../core/request.ts'
import { isObject, type Json } from '../members.ts'
import { customAsFunction, flatName } from '../tool-names.ts'
import { cacheControl, type Writing } from './write-part.ts'

/**
 * The tools. Custom ones, which hardly any vendor but OpenAI knows, are functions for a foreign client: a provider
 * that has them speaks that client's dialect as well.
 */
export function writeTools(tools: readonly Tool[], writing: Writing): Json[] {
  return tools.flatMap((tool) => {
    if (tool.type === 'function') return [writeFunction(tool, writing)]
    if (tool.type === 'custom')
      return [writing.own ? writeCustom(tool) : writeFunction(replaced(tool, writing), writing)]
    if (tool.dialect === 'openai-chat') return [tool.value as Json]
    writing.lost.add(`tools.${tool.name}`)
    return []
  })
}

function writeFunction(tool: FunctionTool, writing: Writing): Json {
  const { name, description, parameters, strict, namespace } = tool
  const declared = {
    name: flatName(name, namespace?.name),
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(strict === undefined ? {} : { strict }),
  }
  return { type: 'function', function: declared, ...cacheControl(tool, writing) }
}

/** A grammar cannot be asked of a function. */
function replaced(tool: CustomTool, { lost }: Writing): FunctionTool {
  if (isObject(tool.format) && tool.format.type !== 'text') lost.add(`tools.${tool.name}.format`)
  return customAsFunction(tool)
}

function writeCustom({ name, description, format }: CustomTool): Json {
  const custom: Json = { name, ...(description === undefined ? {} : { description }) }
  if (isObject(format)) {
    const { type, ...grammar } = format
    custom.format = type === 'grammar' ? { type, grammar } : format
  }
  return { type: 'custom', custom }
}

export function writeToolChoice(request: ChatRequest, own: boolean): unknown {
  const { toolChoice: choice, tools } = request
  if (choice === undefined) return undefined
  // OpenAI refuses the member where there are no tools.
  if (choice.mode !== 'tool') return tools.length === 0 ? undefined : choice.mode
  const tool = tools.find((candidate) => candidate.name === choice.name)
  if (own && tool?.type === 'custom') return { type: 'custom', custom: { name: choice.name } }
  const name = tool?.type === 'function' ? flatName(tool.name, tool.namespace?.name) : choice.name
  return { type: 'function', function: { name } }
}
