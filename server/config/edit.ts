import { isDeepStrictEqual } from 'node:util'
import { isCollection, isMap, isPair, isScalar, parseDocument, type Scalar, stringify, type YAMLMap } from 'yaml'

type Entry = Readonly<Record<string, unknown>>
type Range = { range: [number, number, number] }
type FlowMap = YAMLMap<Scalar, Range> & Range

/** A provider as the lines that stand for it below `providers`. */
export function providerLines(id: string, provider: Entry): string {
  return stringify({ [id]: provider }, { lineWidth: 0 })
}

/**
 * The text of a config file with one more provider. Everything else stays as it is written: comments, order,
 * alignment, flow style, line ends. Only where the file is written in a way that nothing can be put in between
 * (anchors, a map with tags …) is it written anew. Throws an Error where that does not do either.
 */
export function addProvider(source: string, id: string, provider: Entry): string {
  const wanted = withProvider(source, id, provider)
  for (const write of [insert, rewrite]) {
    const text = write(source, id, provider)
    if (text !== null && isDeepStrictEqual(contentOf(text), wanted)) return text
  }
  throw new Error('this file is written in a way that cannot be edited here; add the provider by hand')
}

function contentOf(text: string): unknown {
  try {
    const document = parseDocument(text)
    return document.errors.length === 0 ? document.toJS() : null
  } catch {
    return null
  }
}

function withProvider(source: string, id: string, provider: Entry): unknown {
  const content = contentOf(source) as { providers?: Entry | null } | null
  return { ...content, providers: { ...content?.providers, [id]: provider } }
}

/** The file through the YAML library, which keeps comments and styles but not every blank. */
function rewrite(source: string, id: string, provider: Entry): string | null {
  const document = parseDocument(source)
  try {
    if (isMap(document.get('providers'))) document.setIn(['providers', id], document.createNode(provider))
    else document.set('providers', document.createNode({ [id]: provider }))
    return document.toString({ lineWidth: 0 })
  } catch {
    return null
  }
}

/** The text with new text put in at one place; `null` where no place is fit. */
function insert(source: string, id: string, provider: Entry): string | null {
  const { contents } = parseDocument(source)
  if (!isMap(contents)) return null
  const pair = contents.items.find((item) => isScalar(item.key) && item.key.value === 'providers')
  if (!pair && contents.flow) return insertInFlow(source, contents as FlowMap, { providers: { [id]: provider } })
  if (!pair) return putIn(source, endOfContent(source), ['providers:', ...indented(id, provider, 2)])
  if (isMap(pair.value) && pair.value.flow) return insertInFlow(source, pair.value as FlowMap, { [id]: provider })
  if (isMap(pair.value)) return insertInBlock(source, pair.value as YAMLMap & Range, id, provider)
  if (!isEmpty(pair.value)) return null
  const key = pair.key as Scalar & Range
  return putIn(source, lineAfter(source, key.range[1]), indented(id, provider, 2))
}

function insertInBlock(source: string, map: YAMLMap & Range, id: string, provider: Entry): string {
  const column = columnOf(source, map.range[0])
  const end = endOfComments(source, lineAfter(source, lastOffset(map)), column)
  return putIn(source, end, indented(id, provider, column))
}

/** Of the last character that says something: the range of a block itself goes on over the comments behind it. */
function lastOffset(node: unknown): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) return lastOffset(node.items.at(-1))
  if (isPair(node)) return Math.max(lastOffset(node.key), isEmpty(node.value) ? 0 : lastOffset(node.value))
  return (node as Range).range[1] - 1
}

function isEmpty(value: unknown): boolean {
  return isScalar(value) && value.value === null && value.source === ''
}

/** In JSON's style where the map is written so. */
function insertInFlow(source: string, map: FlowMap, more: Entry): string {
  const json = map.items.some(({ key }) => key.type === 'QUOTE_DOUBLE')
  const added = json ? JSON.stringify(more).slice(1, -1) : inFlow(more).slice(2, -2)
  const last = map.items.at(-1)?.value
  if (!last) return `${source.slice(0, map.range[0])}{ ${added} }${source.slice(map.range[1])}`
  return `${source.slice(0, last.range[1])}, ${added}${source.slice(last.range[1])}`
}

/** A value on one line; text is quoted only where it has to be. */
function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, each]) => `${inFlow(name)}: ${inFlow(each)}`)
      .join(', ')} }`
  const plain = stringify(value, { lineWidth: 0 }).trim()
  return /[\n,[\]{}]/.test(plain) ? JSON.stringify(value) : plain
}

function indented(id: string, provider: Entry, column: number): string[] {
  return providerLines(id, provider)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(column) + line))
}

/** Puts lines in before the one that begins at an offset, with the line ends of the text. */
function putIn(source: string, offset: number, lines: readonly string[]): string {
  const end = source.includes('\r\n') ? '\r\n' : '\n'
  const before = source.slice(0, offset)
  const open = before === '' || before.endsWith('\n') ? '' : end
  return `${before}${open}${lines.join(end)}${end}${source.slice(offset)}`
}

function columnOf(source: string, offset: number): number {
  return offset - (source.lastIndexOf('\n', offset - 1) + 1)
}

function lineAfter(source: string, offset: number): number {
  const end = source.indexOf('\n', offset)
  return end < 0 ? source.length : end + 1
}

/** Past the comments that belong to what stands before: those that are indented as it is, or further. */
function endOfComments(source: string, offset: number, column: number): number {
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
function endOfContent(source: string): number {
  return /^\.\.\.\s*$/m.exec(source)?.index ?? source.length
}
