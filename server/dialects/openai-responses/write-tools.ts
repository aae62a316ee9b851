import type { ChatRequest, CustomTool, FunctionTool, Tool } from '../../core/request.ts'
import { isObject, type Json } from '../members.ts'
import { flatName } from '../tool-names.ts'
import { TOOL_MEMBERS } from './read-tools.ts'
import type { Writing } from './write-content.ts'

/** The tools, those of one namespace together. `extra` has the members of functions that only Responses knows. */
export function writeTools(tools: readonly Tool[], extra: Json, writing: Writing): Json[] {
  const written: Json[] = []
  const groups = new Map<string, Json[]>()
  for (const tool of tools) {
    if (tool.type === 'hosted') {
      if (tool.dialect === 'openai-responses') written.push(tool.value as Json)
      else writing.lost.add(`tools.${tool.name}`)
      continue
    }
    const own = tool.type === 'function' ? writeFunction(tool, extra, writing) : writeCustom(tool)
    const namespace = tool.type === 'function' ? tool.namespace : undefined
    if (!namespace) {
      written.push(own)
      continue
    }
    let group = groups.get(namespace.name)
    if (!group) {
      group = []
      groups.set(namespace.name, group)
      written.push({ type: 'namespace', ...namespace, description: namespace.description ?? '', tools: group })
    }
    group.push(own)
  }
  return written
}

/** Functions of other dialects are not strict unless they say so; here the opposite holds. */
function writeFunction(tool: FunctionTool, extra: Json, { own }: Writing): Json {
  const { name, description, namespace, parameters, strict } = tool
  const flat = flatName(name, namespace?.name)
  const further = TOOL_MEMBERS.flatMap((member) => {
    const byTool = extra[member]
    return isObject(byTool) && Object.hasOwn(byTool, flat) ? [[member, byTool[flat]]] : []
  })
  const schema = parameters ?? (own ? undefined : { type: 'object', properties: {} })
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { parameters: schema }),
    ...(own && strict === undefined ? {} : { strict: strict ?? false }),
    ...Object.fromEntries(further),
  }
}

function writeCustom({ name, description, format }: CustomTool): Json {
  return {
    type: 'custom',
    name,
    ...(description === undefined ? {} : { description }),
    ...(format === undefined ? {} : { format }),
  }
}

export function writeToolChoice({ toolChoice: choice, tools }: ChatRequest): unknown {
  if (choice === undefined) return undefined
  if (choice.mode !== 'tool') return choice.mode
  const type = tools.find((tool) => tool.name === choice.name)?.type === 'custom' ? 'custom' : 'function'
  return { type, name: choice.name }
}
