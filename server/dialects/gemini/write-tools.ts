import type { ChatRequest, FunctionTool, Tool } from '../../core/request.ts'
import type { Lost } from '../lost.ts'
import { isObject, type Json, objectOf } from '../members.ts'
import { asFunctions, chosenName, lostGrammars } from '../tool-names.ts'

/**
 * The `tools` of a request: all functions in one entry, Gemini's own built-in tools as they came. `members` are
 * members of declarations that only Gemini has, by their name, then by tool.
 */
export function writeTools(request: ChatRequest, members: Json, lost: Lost): Json[] {
  const isOwn = (tool: Tool) => tool.type === 'hosted' && tool.dialect === 'gemini'
  const { functions, hosted } = asFunctions(request.tools.filter((tool) => !isOwn(tool)))
  lost.add(...hosted, ...lostGrammars(request.tools))
  if (functions.some(({ strict }) => strict === true)) lost.add('strict')
  const functionDeclarations = functions.map((tool) => declare(tool, members))
  const own = request.tools.flatMap((tool) => (tool.type === 'hosted' && isOwn(tool) ? [objectOf(tool.value)] : []))
  if (functionDeclarations.length === 0) return own
  const before = request.tools.findIndex(({ type }) => type !== 'hosted')
  const place = request.tools.slice(0, before).filter(isOwn).length
  return own.toSpliced(place, 0, { functionDeclarations })
}

function declare({ name, description, parameters }: FunctionTool, members: Json): Json {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parametersJsonSchema: parameters }),
    ...Object.fromEntries(
      Object.entries(members).flatMap(([member, byTool]) =>
        isObject(byTool) && Object.hasOwn(byTool, name) ? [[member, byTool[name]]] : [],
      ),
    ),
  }
}

const MODES = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const

/** The `toolConfig`; `more` and `calling` are members of it and of its `functionCallingConfig` that only Gemini has. */
export function writeToolConfig(
  { toolChoice: choice, tools }: ChatRequest,
  more: Json,
  calling: Json,
): Json | undefined {
  const functionCallingConfig: Json = {
    ...(choice === undefined
      ? {}
      : choice.mode === 'tool'
        ? { mode: 'ANY', allowedFunctionNames: [chosenName(tools, choice.name)] }
        : { mode: MODES[choice.mode] }),
    ...calling,
  }
  const config = { ...more, ...(Object.keys(functionCallingConfig).length > 0 ? { functionCallingConfig } : {}) }
  return Object.keys(config).length > 0 ? config : undefined
}
