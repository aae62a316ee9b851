import type { CustomTool, FunctionTool, Tool, ToolChoice } from '../../core/request.ts'
import { asObjects, asText, isObject, type Json, refuse } from '../members.ts'
import { flatName } from '../tool-names.ts'

/** Members of functions that only Responses has; kept in `extra`, each with its value by the tool's flat name. */
export const TOOL_MEMBERS = ['defer_loading', 'allowed_callers', 'async', 'output_schema'] as const

/** Tools, those of namespaces among them. Throws `invalid_request` naming the member. */
export function readTools(list: unknown, param: string, extra: Json): Tool[] {
  return asObjects(list, param).flatMap((tool, index) => readTool(tool, `${param}.${index}`, extra))
}

function readTool(tool: Json, param: string, extra: Json): Tool[] {
  switch (tool.type) {
    case 'function':
      return [readFunction(tool, param, null, extra)]
    case 'custom':
      return [readCustom(tool, param, null)]
    case 'namespace':
      return readNamespace(tool, param, extra)
  }
  const type = asText(tool.type, `${param}.type`)
  if (type === undefined) throw refuse(`${param}.type`, 'the kind of a tool', tool.type)
  const name = [tool.name, tool.server_label].find((value) => typeof value === 'string') ?? type
  return [{ type: 'hosted', name: name as string, dialect: 'openai-responses', value: tool }]
}

function readNamespace(tool: Json, param: string, extra: Json): Tool[] {
  const name = nameOf(tool, param)
  const description = asText(tool.description, `${param}.description`)
  const namespace = { name, ...(description === undefined ? {} : { description }) }
  return asObjects(tool.tools, `${param}.tools`).map((member, index) => {
    const place = `${param}.tools.${index}`
    return member.type === 'custom' ? readCustom(member, place, name) : readFunction(member, place, namespace, extra)
  })
}

/** `strict` that is not said stays so: here it means true, elsewhere false, and who wants it everywhere says it. */
function readFunction(
  tool: Json,
  param: string,
  namespace: FunctionTool['namespace'] | null,
  extra: Json,
): FunctionTool {
  const name = nameOf(tool, param)
  const description = asText(tool.description, `${param}.description`)
  const { parameters, strict } = tool
  for (const member of TOOL_MEMBERS)
    if (tool[member] !== undefined && tool[member] !== null) {
      const byTool = isObject(extra[member]) ? extra[member] : {}
      extra[member] = { ...byTool, [flatName(name, namespace?.name)]: tool[member] }
    }
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined || parameters === null ? {} : { parameters }),
    ...(typeof strict === 'boolean' ? { strict } : {}),
    ...(namespace ? { namespace } : {}),
  }
}

/** The model has no namespaces for custom tools: they are a part of the name. */
function readCustom(tool: Json, param: string, namespace: string | null): CustomTool {
  const description = asText(tool.description, `${param}.description`)
  return {
    type: 'custom',
    name: flatName(nameOf(tool, param), namespace),
    ...(description === undefined ? {} : { description }),
    ...(isObject(tool.format) ? { format: tool.format } : {}),
  }
}

function nameOf(tool: Json, param: string): string {
  const name = asText(tool.name, `${param}.name`)
  if (!name) throw refuse(`${param}.name`, 'the name of the tool', tool.name)
  return name
}

/** What the model has no place for (a choice among some tools, a hosted tool) is `extra`, the nearest choice beside it. */
export function readToolChoice(value: unknown): { choice?: ToolChoice; extra?: unknown } {
  if (value === undefined || value === null) return {}
  if (value === 'auto' || value === 'none' || value === 'required') return { choice: { mode: value } }
  if (!isObject(value)) throw refuse('tool_choice', '`auto`, `none`, `required` or a tool', value)
  const { type, name, mode } = value
  if ((type === 'function' || type === 'custom') && typeof name === 'string') return { choice: { mode: 'tool', name } }
  return { ...(mode === 'auto' || mode === 'required' ? { choice: { mode } } : {}), extra: value }
}
