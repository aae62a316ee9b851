import { type Json, objectsOf } from '../members.ts'
import { flatName } from '../tool-names.ts'

/** A tool as the client has named it. */
export interface RequestedTool {
  name: string
  namespace: string | null
  custom: boolean
}

/**
 * The client's tools by the names that an upstream without namespaces and custom tools knows them by. Tools may also
 * have come in the conversation, as Codex sends them.
 */
export function requestedTools(request: Readonly<Json>): ReadonlyMap<string, RequestedTool> {
  const tools = new Map<string, RequestedTool>()
  const added = objectsOf(request.input).flatMap((item) => objectsOf(item.tools))
  for (const tool of [...objectsOf(request.tools), ...added])
    if (tool.type === 'namespace')
      for (const member of objectsOf(tool.tools)) add(tools, member, typeof tool.name === 'string' ? tool.name : null)
    else add(tools, tool, null)
  return tools
}

function add(tools: Map<string, RequestedTool>, tool: Json, namespace: string | null): void {
  const { name, type } = tool
  if (typeof name === 'string') tools.set(flatName(name, namespace), { name, namespace, custom: type === 'custom' })
}
