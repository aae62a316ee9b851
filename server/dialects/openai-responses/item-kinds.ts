/**
 * Items and their sides: https://platform.openai.com/docs/api-reference/responses/create, `input`, and the types of
 * the `openai` package, resources/responses.
 */

/** What ids of reasoning items begin with that stand for another provider's reasoning. */
export const FOREIGN_MARK = 'rs_gatehouse_'

/** Items that a model has written, or a tool that runs at the provider. All others come from the client's side. */
export function isAssistantKind(type: string): boolean {
  return /_call$/.test(type) || ASSISTANT.has(type)
}

const ASSISTANT = new Set(['reasoning', 'compaction', 'mcp_list_tools', 'mcp_approval_request', 'program'])

/** Whether an opaque value is a part of a message's content, not an item of its own. */
export function isContentKind(type: unknown): boolean {
  return (
    typeof type === 'string' && /^(?:input|output)_(?:text|image|file|audio|video)$|^computer_screenshot$/.test(type)
  )
}
