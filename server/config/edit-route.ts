import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { columnOf, contentOf, inFlow, lastOffset, lineAfter, putIn, type Ranged } from './yaml-text.ts'

/** Members of a route and what each is to be; `undefined` takes it away. */
export type RouteEdit = Readonly<Record<string, unknown>>

/**
 * The text of a config file with members of one route changed. Everything else stays as it is written; only where the file
 * is written in a way that nothing can be put in between (a route in braces, anchors …) is it written anew, with its comments. Throws an
 * Error where the file cannot be edited here.
 */
export function editRoute(source: string, route: string, edit: RouteEdit): string {
  return Object.entries(edit).reduce((text, [name, value]) => editMember(text, route, name, value), source)
}

function editMember(source: string, route: string, name: string, value: unknown): string {
  const wanted = JSON.stringify(withMember(source, route, name, value))
  for (const write of [splice, rewrite]) {
    const text = write(source, route, name, value)
    if (text !== null && JSON.stringify(contentOf(text)) === wanted) return text
  }
  throw new Error(`the route "${route}" is written in a way that cannot be edited here; edit the file by hand`)
}

function withMember(source: string, route: string, name: string, value: unknown): unknown {
  const content = contentOf(source) as { routes?: Record<string, Record<string, unknown>> } | null
  const before = content?.routes?.[route]
  if (!before || typeof before !== 'object') throw new Error(`the config file has no route "${route}"`)
  const { [name]: _, ...others } = before
  const after = value === undefined ? others : { ...before, [name]: value }
  return { ...content, routes: { ...content!.routes, [route]: after } }
}

/** The lines of the member alone; `null` where the route does not stand in lines of its own. */
function splice(source: string, route: string, name: string, value: unknown): string | null {
  const map = parseDocument(source).getIn(['routes', route], true)
  if (!isMap(map) || map.flow || map.items.length === 0) return null
  const block = map as YAMLMap & Ranged
  const column = columnOf(source, block.range[0])
  const member = block.items.find(({ key }) => isScalar(key) && key.value === name)
  const lines = value === undefined ? [] : linesOf(name, value, member, column)
  if (!member) return lines.length === 0 ? source : putIn(source, lineAfter(source, lastOffset(block)), lines)
  const start = (member.key as Node & Ranged).range[0] - column
  const end = lineAfter(source, lastOffset(member))
  const rest = source.slice(0, start) + source.slice(end)
  return lines.length === 0 ? rest : putIn(rest, start, lines)
}

/** Lists have a line an item where the one had whose place they take. */
function linesOf(name: string, value: unknown, before: Pair | undefined, column: number): string[] {
  const indent = ' '.repeat(column)
  const isBlock = Array.isArray(value) && isSeq(before?.value) && !before.value.flow
  if (!isBlock) return [`${indent}${name}: ${inFlow(value)}`]
  return [`${indent}${name}:`, ...value.map((item) => `${indent}  - ${inFlow(item)}`)]
}

/** The file through the YAML library, which keeps comments and styles but not every blank. */
function rewrite(source: string, route: string, name: string, value: unknown): string | null {
  const document = parseDocument(source)
  try {
    if (value === undefined) document.deleteIn(['routes', route, name])
    else document.setIn(['routes', route, name], document.createNode(value))
    return document.toString({ lineWidth: 0 })
  } catch {
    return null
  }
}
