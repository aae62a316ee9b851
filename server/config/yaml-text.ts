/** Places in the text of a YAML file, for edits that leave everything else as it is written. */
import { isCollection, isPair, isScalar, parseDocument, stringify } from 'yaml'

export type Ranged = { range: [number, number, number] }

/** Of the last character that says something: the range of a block itself goes on over the comments behind it. */
export function lastOffset(node: unknown): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) return lastOffset(node.items.at(-1))
  if (isPair(node)) return Math.max(lastOffset(node.key), isEmpty(node.value) ? 0 : lastOffset(node.value))
  return (node as Ranged).range[1] - 1
}

/** Nothing stands there. */
export function isEmpty(value: unknown): boolean {
  return isScalar(value) && value.value === null && value.source === ''
}

/** A value on one line; text is quoted only where it has to be. */
export function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, each]) => `${inFlow(name)}: ${inFlow(each)}`)
      .join(', ')} }`
  const plain = stringify(value, { lineWidth: 0 }).trim()
  return /[\n,[\]{}]/.test(plain) ? JSON.stringify(value) : plain
}

/** Puts lines in before the one that begins at an offset, with the line ends of the text. */
export function putIn(source: string, offset: number, lines: readonly string[]): string {
  const end = source.includes('\r\n') ? '\r\n' : '\n'
  const before = source.slice(0, offset)
  const open = before === '' || before.endsWith('\n') ? '' : end
  return `${before}${open}${lines.join(end)}${end}${source.slice(offset)}`
}

/** Of an offset in its line. */
export function columnOf(source: string, offset: number): number {
  return offset - (source.lastIndexOf('\n', offset - 1) + 1)
}

/** Where the line after an offset begins. */
export function lineAfter(source: string, offset: number): number {
  const end = source.indexOf('\n', offset)
  return end < 0 ? source.length : end + 1
}

/** Past the comments that belong to what stands before: those that are indented as it is, or further. */
export function endOfComments(source: string, offset: number, column: number): number {
  let end = offset
  for (let at = offset; at < source.length; at = lineAfter(source, at)) {
    const line = source.slice(at, lineAfter(source, at))
    const isBlank = line.trim() === ''
    if (!isBlank && (!/^\s*#/.test(line) || line.search(/\S/) < Math.max(column, 1))) break
    if (!isBlank) end = lineAfter(source, at)
  }
  return end
}

/** Before a line that ends the document. */
export function endOfContent(source: string): number {
  return /^\.\.\.\s*$/m.exec(source)?.index ?? source.length
}

/** What the text says; `null` for what is no YAML. */
export function contentOf(text: string): unknown {
  try {
    const document = parseDocument(text)
    return document.errors.length === 0 ? document.toJS() : null
  } catch {
    return null
  }
}
