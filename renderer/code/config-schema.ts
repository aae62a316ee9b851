/** Finding one's way in the JSON Schema of the config file. */

export interface SchemaNode {
  description?: string
  default?: unknown
  type?: string
  enum?: readonly unknown[]
  const?: unknown
  properties?: Record<string, SchemaNode>
  patternProperties?: Record<string, SchemaNode>
  items?: SchemaNode
  anyOf?: readonly SchemaNode[]
}

/** What may stand at a path of keys, passing through lists; `null` where the schema says nothing. */
export function schemaAt(root: SchemaNode, path: readonly string[]): SchemaNode | null {
  let node: SchemaNode | null = root
  for (const key of path) node = node && childOf(throughLists(node), key)
  return node && throughLists(node)
}

function throughLists(node: SchemaNode): SchemaNode {
  return node.items ? throughLists(node.items) : node
}

function childOf(node: SchemaNode, key: string): SchemaNode | null {
  const own = node.properties?.[key]
  if (own) return own
  for (const each of node.anyOf ?? []) {
    const found = childOf(throughLists(each), key)
    if (found) return found
  }
  return Object.values(node.patternProperties ?? {})[0] ?? null
}

/** The values that a node lists, as they are written. */
export function valuesOf(node: SchemaNode): string[] {
  if (node.enum) return node.enum.map(String)
  if (node.const !== undefined) return [String(node.const)]
  if (node.type === 'boolean') return ['true', 'false']
  return (node.anyOf ?? []).flatMap(valuesOf)
}
