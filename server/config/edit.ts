import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, parseDocument, type Scalar, stringify, type YAMLMap } from 'yaml'
import {
  columnOf,
  contentOf,
  endOfComments,
  endOfContent,
  inFlow,
  isEmpty,
  lastOffset,
  lineAfter,
  putIn,
  type Ranged,
} from './yaml-text.ts'

type Entry = Readonly<Record<string, unknown>>
type FlowMap = YAMLMap<Scalar, Ranged> & Ranged

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
  if (isMap(pair.value)) return insertInBlock(source, pair.value as YAMLMap & Ranged, id, provider)
  if (!isEmpty(pair.value)) return null
  const key = pair.key as Scalar & Ranged
  return putIn(source, lineAfter(source, key.range[1]), indented(id, provider, 2))
}

function insertInBlock(source: string, map: YAMLMap & Ranged, id: string, provider: Entry): string {
  const column = columnOf(source, map.range[0])
  const end = endOfComments(source, lineAfter(source, lastOffset(map)), column)
  return putIn(source, end, indented(id, provider, column))
}

/** In JSON's style where the map is written so. */
function insertInFlow(source: string, map: FlowMap, more: Entry): string {
  const json = map.items.some(({ key }) => key.type === 'QUOTE_DOUBLE')
  const added = json ? JSON.stringify(more).slice(1, -1) : inFlow(more).slice(2, -2)
  const last = map.items.at(-1)?.value
  if (!last) return `${source.slice(0, map.range[0])}{ ${added} }${source.slice(map.range[1])}`
  return `${source.slice(0, last.range[1])}, ${added}${source.slice(last.range[1])}`
}

function indented(id: string, provider: Entry, column: number): string[] {
  return providerLines(id, provider)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(column) + line))
}
