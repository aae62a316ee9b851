import type { FunctionTool, Tool, ToolChoice } from '../../core/request.ts'
import { asList, asObject, asObjects, asText, type Json, refuse } from '../members.ts'
import { camelMembers } from './names.ts'
import { readSchema } from './schema.ts'

export interface ReadTools {
  tools: Tool[]
  /** Members of declarations without a place in the canonical model, by `functionDeclarations.MEMBER`, then by tool. */
  extra: Json
}

/** `tools`: functions, and built-in tools that go back as they came. Throws `invalid_request`. */
export function readTools(value: unknown): ReadTools {
  const tools: Tool[] = []
  const extra: Json = {}
  for (const [index, item] of asObjects(value, 'tools').entries()) {
    const { functionDeclarations, ...hosted } = camelMembers(item)
    const param = `tools.${index}.functionDeclarations`
    for (const [position, declaration] of asObjects(functionDeclarations, param).entries()) {
      const { tool, rest } = readFunction(declaration, `${param}.${position}`)
      tools.push(tool)
      for (const [name, member] of Object.entries(rest)) {
        const key = `functionDeclarations.${name}`
        extra[key] = { ...(extra[key] as Json | undefined), [tool.name]: member }
      }
    }
    for (const [name, tool] of Object.entries(hosted))
      tools.push({ type: 'hosted', name, dialect: 'gemini', value: { [name]: tool } })
  }
  return { tools, extra }
}

function readFunction(json: Json, param: string): { tool: FunctionTool; rest: Json } {
  const { name: given, description, parameters, parametersJsonSchema, ...rest } = camelMembers(json)
  const name = asText(given, `${param}.name`)
  if (!name) throw refuse(`${param}.name`, 'the name of the function', given)
  const about = asText(description, `${param}.description`)
  const schema = parametersJsonSchema ?? readSchema(parameters)
  const tool: FunctionTool = {
    type: 'function',
    name,
    ...(about ? { description: about } : {}),
    ...(schema === undefined ? {} : { parameters: schema }),
  }
  return { tool, rest }
}

const MODES: Readonly<Record<string, 'auto' | 'none' | 'required'>> = {
  AUTO: 'auto',
  NONE: 'none',
  ANY: 'required',
  VALIDATED: 'auto',
}

/**
 * `toolConfig`. Gemini may be told which functions to choose from: one of them is a tool choice, all of them no
 * restriction; the rest stays in `extra` by its path.
 */
export function readToolConfig(value: unknown, tools: readonly Tool[]): { choice?: ToolChoice; extra: Json } {
  const { functionCallingConfig, ...rest } = camelMembers(asObject(value, 'toolConfig') ?? {})
  const path = 'toolConfig.functionCallingConfig'
  const { mode: given, allowedFunctionNames, ...others } = camelMembers(asObject(functionCallingConfig, path) ?? {})
  const extra: Json = {
    ...Object.fromEntries(Object.entries(rest).map(([name, member]) => [`toolConfig.${name}`, member])),
    ...Object.fromEntries(Object.entries(others).map(([name, member]) => [`functionCallingConfig.${name}`, member])),
  }
  const word = asText(given, `${path}.mode`)?.toUpperCase()
  const mode = word !== undefined && Object.hasOwn(MODES, word) ? MODES[word]! : undefined
  if (word === 'VALIDATED') extra['functionCallingConfig.mode'] = word
  const allowed = (asList(allowedFunctionNames, `${path}.allowedFunctionNames`) ?? []).map(String)
  const functions = tools.filter((tool) => tool.type === 'function')
  if (mode === 'required' && allowed.length === 1) return { choice: { mode: 'tool', name: allowed[0]! }, extra }
  if (allowed.length > 0 && !functions.every((tool) => allowed.includes(tool.name)))
    extra['functionCallingConfig.allowedFunctionNames'] = allowed
  return mode === undefined ? { extra } : { choice: { mode }, extra }
}
