import type { Tool, ToolChoice } from '../../core/request.ts'
import { asObject, asObjects, asText, isObject, type Json, refuse } from '../members.ts'
import { readCacheMark } from './read-part.ts'

/** `tools`, or the `functions` that came before them. Throws `invalid_request` naming the member. */
export function readTools(json: Readonly<Json>): Tool[] {
  const tools = asObjects(json.tools, 'tools').map((tool, index) => readTool(tool, `tools.${index}`))
  const functions = asObjects(json.functions, 'functions').map((declared, index) =>
    readFunction(declared, {}, `functions.${index}`),
  )
  return [...tools, ...functions]
}

function readTool(tool: Json, param: string): Tool {
  if (tool.type === 'custom') return readCustom(asObject(tool.custom, `${param}.custom`) ?? {}, `${param}.custom`)
  // Mistral's clients leave the type out.
  if (tool.type === 'function' || isObject(tool.function))
    return readFunction(asObject(tool.function, `${param}.function`) ?? {}, tool, `${param}.function`)
  const type = asText(tool.type, `${param}.type`)
  if (type === undefined) throw refuse(`${param}.type`, '`function`, `custom` or a tool of the provider', tool.type)
  const name = typeof tool.name === 'string' ? tool.name : type
  return { type: 'hosted', name, dialect: 'openai-chat', value: tool }
}

function readFunction(declared: Json, tool: Json, param: string): Tool {
  const description = asText(declared.description, `${param}.description`)
  const { parameters, strict } = declared
  const cache = readCacheMark(tool) ?? readCacheMark(declared)
  return {
    type: 'function',
    name: nameOf(declared, param),
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined || parameters === null ? {} : { parameters }),
    ...(typeof strict === 'boolean' ? { strict } : {}),
    ...(cache === null ? {} : { cache }),
  }
}

function readCustom(declared: Json, param: string): Tool {
  const description = asText(declared.description, `${param}.description`)
  const { format } = declared
  return {
    type: 'custom',
    name: nameOf(declared, param),
    ...(description === undefined ? {} : { description }),
    // Responses has the members of a grammar one level up: that is the canonical form.
    ...(isObject(format)
      ? { format: isObject(format.grammar) ? { type: format.type, ...format.grammar } : format }
      : {}),
  }
}

function nameOf(declared: Json, param: string): string {
  const name = asText(declared.name, `${param}.name`)
  if (!name) throw refuse(`${param}.name`, 'the name of the tool', declared.name)
  return name
}

/**
 * `tool_choice` or the old `function_call`. What the model has no place for (a choice among some of the tools) is
 * kept as `extra`, with the nearest choice beside it.
 */
export function readToolChoice(json: Readonly<Json>): { choice?: ToolChoice; extra?: unknown } {
  const value = json.tool_choice ?? json.function_call
  if (value === undefined || value === null) return {}
  if (value === 'auto' || value === 'none' || value === 'required') return { choice: { mode: value } }
  // Mistral's word.
  if (value === 'any') return { choice: { mode: 'required' } }
  if (!isObject(value)) throw refuse('tool_choice', '`auto`, `none`, `required` or a tool', value)
  for (const named of [value.function, value.custom, value])
    if (isObject(named) && typeof named.name === 'string') return { choice: { mode: 'tool', name: named.name } }
  const mode = isObject(value.allowed_tools) ? value.allowed_tools.mode : null
  return { ...(mode === 'auto' || mode === 'required' ? { choice: { mode } } : {}), extra: value }
}
