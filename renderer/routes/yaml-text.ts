/** Places in the text of a YAML file, and values as text, for edits that leave everything else as it is written. */
import { isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar, stringify } from 'yaml'

export type Path = readonly (string | number)[]
export type Ranged<T extends Node = Node> = T & { range: [start: number, end: number, nodeEnd: number] }

/** A pair of a map with its key and, where something is written there, its value. */
export interface Place {
  pair: Pair<Ranged, Ranged | null>
  index: number
}

/** The node at a path; `undefined` where there is none. */
export function nodeAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, step) => childOf(node, step), root)
}

/** The pair of a map that has this key. */
export function placeIn(map: unknown, key: string | number): Place | undefined {
  if (!isMap(map)) return undefined
  const index = map.items.findIndex((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
  return index < 0 ? undefined : { pair: map.items[index] as unknown as Place['pair'], index }
}

function childOf(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined
  return placeIn(node, step)?.pair.value ?? undefined
}

/** True for what is not written at all, as behind `retry:`. */
export function isBlank(value: unknown): boolean {
  return value == null || (isScalar(value) && value.value === null && !(value as Scalar).source)
}

/** Of the last character that says something: the range of a block itself goes on over the comments behind it. */
export function lastOffset(node: unknown): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) return lastOffset(node.items.at(-1))
  if (isPair(node)) return Math.max(lastOffset(node.key), isBlank(node.value) ? 0 : lastOffset(node.value))
  return (node as Ranged).range[1] - 1
}

export function columnOf(source: string, offset: number): number {
  return offset - lineStart(source, offset)
}

export function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1
}

export function lineAfter(source: string, offset: number): number {
  const end = source.indexOf('\n', offset)
  return end < 0 ? source.length : end + 1
}

/** Past the comments that belong to what stands before: those that are indented as it is, or further. */
export function afterComments(source: string, offset: number, column: number): number {
  let end = offset
  for (let at = offset; at < source.length; at = lineAfter(source, at)) {
    const line = source.slice(at, lineAfter(source, at))
    const blank = line.trim() === ''
    if (!blank && (!/^\s*#/.test(line) || line.search(/\S/) < Math.max(column, 1))) break
    if (!blank) end = lineAfter(source, at)
  }
  return end
}

/** Puts lines in before the one that begins at an offset, with the line ends of the text. */
export function putLines(source: string, offset: number, lines: readonly string[]): string {
  const end = source.includes('\r\n') ? '\r\n' : '\n'
  const before = source.slice(0, offset)
  const open = before === '' || before.endsWith('\n') ? '' : end
  return `${before}${open}${lines.join(end)}${end}${source.slice(offset)}`
}

/** A value on one line, as JSON or in YAML's flow style; text is quoted only where it has to be. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value === 'object' && value !== null) return `{ ${members(value)} }`
  const plain = stringify(value, { lineWidth: 0 }).trim()
  return /[\n,[\]{}]/.test(plain) ? JSON.stringify(value) : plain
}

/** The members of a flow map, without its braces. */
export function members(value: object): string {
  return Object.entries(value)
    .map(([name, each]) => `${inline(name)}: ${inline(each)}`)
    .join(', ')
}
