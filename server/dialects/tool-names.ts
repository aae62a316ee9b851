import type { CustomTool, FunctionTool, Tool } from '../core/request.ts'

/** Stands between a namespace and a tool's own name where a format has no namespaces. */
const BETWEEN = '__'
/** What a custom tool's free text is called where only JSON arguments can be sent. */
const INPUT = 'input'

/** A tool's name in a format without namespaces. */
export function flatName(name: string, namespace: string | null | undefined): string {
  return namespace ? `${namespace}${BETWEEN}${name}` : name
}

/** A custom tool as a function with one string argument, for formats that only know functions. */
export function customAsFunction(tool: CustomTool): FunctionTool {
  return {
    type: 'function',
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    parameters: {
      type: 'object',
      properties: { [INPUT]: { type: 'string' } },
      required: [INPUT],
      additionalProperties: false,
    },
  }
}

/** A custom tool call's text as JSON arguments. */
export function customArguments(text: string): string {
  return JSON.stringify({ [INPUT]: text })
}

/** The text of a custom tool call out of JSON arguments; arguments that are none are the text itself. */
export function customText(argumentsText: string): string {
  try {
    const value = (JSON.parse(argumentsText) as Record<string, unknown> | null)?.[INPUT]
    if (typeof value === 'string') return value
  } catch {
    // Falls through: the model wrote something else than it was asked for.
  }
  return argumentsText
}

/** The functions to offer in a format that only knows functions; `hosted` are the tools that it cannot carry. */
export function asFunctions(tools: readonly Tool[]): { functions: FunctionTool[]; hosted: string[] } {
  const functions: FunctionTool[] = []
  const hosted: string[] = []
  for (const tool of tools) {
    if (tool.type === 'hosted') hosted.push(`tools.${tool.name}`)
    else if (tool.type === 'custom') functions.push(customAsFunction(tool))
    else functions.push({ ...tool, name: flatName(tool.name, tool.namespace?.name) })
  }
  return { functions, hosted }
}

/** The name by which a format without namespaces knows the tool that a request chose. */
export function chosenName(tools: readonly Tool[], name: string): string {
  const tool = tools.find((candidate) => candidate.name === name)
  return tool?.type === 'function' ? flatName(tool.name, tool.namespace?.name) : name
}

/** What custom tools ask of their input and a function cannot: named by tool. */
export function lostGrammars(tools: readonly Tool[]): string[] {
  return tools.flatMap((tool) => {
    const type = tool.type === 'custom' ? (tool.format as { type?: unknown } | null | undefined)?.type : undefined
    return type === undefined || type === 'text' ? [] : [`tools.${tool.name}.format`]
  })
}
