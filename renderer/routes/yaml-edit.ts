/**
 * Edits of one value in the text of a YAML file. What is not edited stays as it is written: comments, order,
 * alignment, styles, line ends. Only where the file is written in a way that nothing can be put in between (anchors,
 * a map with tags …) is it written anew; every edit is checked against what the file should say after it.
 */
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml'
import {
  afterComments,
  columnOf,
  inline,
  isBlank,
  lastOffset,
  lineAfter,
  lineStart,
  members,
  nodeAt,
  type Path,
  type Place,
  placeIn,
  putLines,
  type Ranged,
} from './yaml-text.ts'

/** What stands in a file, or `null` for what is no YAML. */
export function contentOf(source: string): unknown {
  try {
    const document = parseDocument(source)
    return document.errors.length === 0 ? document.toJS({ maxAliasCount: 100 }) : null
  } catch {
    return null
  }
}

/**
 * The first text of `ways` that says what is wanted. Throws an Error where none does: some files cannot be edited
 * but by hand.
 */
export function firstThatSays(wanted: unknown, ways: readonly (() => string | null)[]): string {
  const goal = JSON.stringify(wanted)
  for (const way of ways) {
    const text = way()
    if (text !== null && JSON.stringify(contentOf(text)) === goal) return text
  }
  throw new Error('This part is written in a way that the form cannot edit. Edit it as YAML.')
}

/** Sets the value at a path of map keys and list indices; `undefined` takes it away, and maps that it leaves empty. */
export function setValue(source: string, path: Path, value: unknown, keep = 0): string {
  const content = contentOf(source)
  const place = value === undefined ? emptied(content, path, keep) : path
  return firstThatSays(withValue(content, place, value), [
    () => splice(source, place, value),
    () => rewrite(source, place, value),
  ])
}

/** The path of the outermost map, longer than `keep` steps, that would have nothing left without this member. */
function emptied(content: unknown, path: Path, keep: number): Path {
  let place = path
  while (place.length - 1 > keep) {
    const parent = place
      .slice(0, -1)
      .reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], content)
    if (Array.isArray(parent) || Object.keys((parent as object) ?? {}).length !== 1) break
    place = place.slice(0, -1)
  }
  return place
}

function withValue(content: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(content))
    return content.map((item, index) => (index === step ? withValue(item, rest, value) : item))
  const map = (content ?? {}) as Record<string, unknown>
  const next = { ...map, [step]: withValue(map[step], rest, value) }
  if (next[step] === undefined) delete next[step]
  return next
}

function splice(source: string, path: Path, value: unknown): string | null {
  const { contents } = parseDocument(source)
  let depth = path.length - 1
  while (depth > 0 && !isMap(nodeAt(contents, path.slice(0, depth)))) depth -= 1
  const map = nodeAt(contents, path.slice(0, depth))
  if (!isMap(map)) return null
  const key = path[depth]!
  const place = placeIn(map, key)
  if (value === undefined) return place && depth === path.length - 1 ? withoutPair(source, map, place) : null
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, step) => ({ [step]: inner }), value)
  if (place) return isBlank(place.pair.value) || depth === path.length - 1 ? replaced(source, place, nested) : null
  return withPair(source, map, String(key), nested)
}

function replaced(source: string, { pair }: Place, value: unknown): string {
  const { value: old } = pair
  const colon = source.indexOf(':', pair.key.range[1]) + 1
  if (old === null || isBlank(old)) return `${source.slice(0, colon)} ${inline(value)}${source.slice(colon)}`
  const isBlock = source.slice(colon, old.range[0]).includes('\n')
  const start = isBlock ? colon : old.range[0]
  const end = isBlock ? lastOffset(old) + 1 : old.range[1]
  const tail = source.slice(start, end).endsWith('\n') ? '\n' : ''
  return `${source.slice(0, start)}${isBlock ? ' ' : ''}${inline(value)}${tail}${source.slice(end)}`
}

function withPair(source: string, map: YAMLMap, key: string, value: unknown): string {
  const { range } = map as Ranged<YAMLMap>
  const pairs = map.items as unknown as Place['pair'][]
  const last = pairs.at(-1)
  if (!map.flow && last) {
    const column = columnOf(source, range[0])
    const end = afterComments(source, lineAfter(source, lastOffset(map)), column)
    return putLines(source, end, [`${' '.repeat(column)}${inline(key)}: ${inline(value)}`])
  }
  const isJson = pairs.some((pair) => isScalar(pair.key) && pair.key.type === 'QUOTE_DOUBLE')
  const added = isJson ? JSON.stringify({ [key]: value }).slice(1, -1) : members({ [key]: value })
  if (!last) return `${source.slice(0, range[0])}{ ${added} }${source.slice(range[1])}`
  const end = lastOffset(last) + 1
  return `${source.slice(0, end)}, ${added}${source.slice(end)}`
}

function withoutPair(source: string, map: YAMLMap, { pair, index }: Place): string | null {
  const pairs = map.items as unknown as Place['pair'][]
  if (!map.flow) {
    const start = lineStart(source, pair.key.range[0])
    // What stands before the key on its line, e.g. the dash of a list, would go with it.
    if (source.slice(start, pair.key.range[0]).trim() !== '') return null
    return source.slice(0, start) + source.slice(lineAfter(source, lastOffset(pair)))
  }
  const next = pairs[index + 1]
  if (next) return source.slice(0, pair.key.range[0]) + source.slice(next.key.range[0])
  const before = pairs[index - 1]
  const start = before ? lastOffset(before) + 1 : pair.key.range[0]
  return source.slice(0, start) + source.slice(lastOffset(pair) + 1)
}

/** The file through the YAML library, which keeps comments and styles but not every blank. */
function rewrite(source: string, path: Path, value: unknown): string | null {
  const document = parseDocument(source)
  try {
    if (value === undefined) document.deleteIn(path)
    else document.setIn(path, document.createNode(value))
    return document.toString({ lineWidth: 0 })
  } catch {
    return null
  }
}
