/** Edits of a list in the text of a YAML file, with the same promises as `setValue`. */
import { isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml'
import { contentOf, firstThatSays } from './yaml-edit.ts'
import {
  columnOf,
  inline,
  lastOffset,
  lineAfter,
  lineStart,
  nodeAt,
  type Path,
  putLines,
  type Ranged,
} from './yaml-text.ts'

type Items = readonly unknown[]

/** Adds a map at the end of the list. */
export function addItem(source: string, path: Path, item: Readonly<Record<string, unknown>>): string {
  return edit(source, path, (items) => [...items, item], {
    splice: (list) => withItem(source, list, item),
    rewrite: (list) => void list.add(item),
  })
}

export function removeItem(source: string, path: Path, index: number): string {
  return edit(source, path, (items) => items.filter((_, position) => position !== index), {
    splice: (list) => withoutItem(source, list, index),
    rewrite: (list) => void list.items.splice(index, 1),
  })
}

/** Moves an item, with the comments that stand right above it, to another place. */
export function moveItem(source: string, path: Path, from: number, to: number): string {
  const moved = (items: Items) => {
    const order = items.toSpliced(from, 1)
    return order.toSpliced(to, 0, items[from])
  }
  return edit(source, path, moved, {
    splice: (list) => reordered(source, list, moved([...list.items.keys()]) as number[]),
    rewrite: (list) => {
      list.items = moved(list.items) as typeof list.items
    },
  })
}

interface Ways {
  splice(list: YAMLSeq<Ranged> & Ranged): string | null
  rewrite(list: YAMLSeq): void
}

function edit(source: string, path: Path, change: (items: Items) => Items, { splice, rewrite }: Ways): string {
  return firstThatSays(withList(contentOf(source), path, change), [
    () => {
      const list = nodeAt(parseDocument(source).contents, path)
      return isSeq(list) ? splice(list as YAMLSeq<Ranged> & Ranged) : null
    },
    () => {
      const document = parseDocument(source)
      const list = document.getIn(path, true)
      if (!isSeq(list)) return null
      rewrite(list)
      return document.toString({ lineWidth: 0 })
    },
  ])
}

function withList(content: unknown, [step, ...rest]: Path, change: (items: Items) => Items): unknown {
  if (step === undefined) return change((content ?? []) as Items)
  const map = (content ?? {}) as Record<string, unknown>
  return { ...map, [step]: withList(map[step], rest, change) }
}

function withItem(source: string, list: YAMLSeq<Ranged> & Ranged, item: Readonly<Record<string, unknown>>): string {
  const last = list.items.at(-1)
  if (!list.flow && last) {
    const column = dashColumn(source, last)
    const isBlock = isMap(last) && !last.flow
    const lines = isBlock
      ? Object.entries(item).map(([name, value], index) => `${index === 0 ? '- ' : '  '}${name}: ${inline(value)}`)
      : [`- ${inline(item)}`]
    return putLines(
      source,
      lineAfter(source, lastOffset(last)),
      lines.map((line) => ' '.repeat(column) + line),
    )
  }
  const isJson = /"\w+"\s*:/.test(source.slice(list.range[0], list.range[1]))
  const added = isJson ? JSON.stringify(item) : inline(item)
  if (!last) return `${source.slice(0, list.range[0])}[${added}]${source.slice(list.range[1])}`
  return `${source.slice(0, last.range[1])}, ${added}${source.slice(last.range[1])}`
}

function withoutItem(source: string, list: YAMLSeq<Ranged> & Ranged, index: number): string | null {
  const item = list.items[index]
  if (item === undefined) return null
  if (!list.flow)
    return source.slice(0, lineStart(source, item.range[0])) + source.slice(lineAfter(source, lastOffset(item)))
  const next = list.items[index + 1]
  if (next) return source.slice(0, item.range[0]) + source.slice(next.range[0])
  const start = list.items[index - 1]?.range[1] ?? item.range[0]
  return source.slice(0, start) + source.slice(item.range[1])
}

function reordered(source: string, list: YAMLSeq<Ranged> & Ranged, order: readonly number[]): string {
  const { items } = list
  const starts = items.map((item) => (list.flow ? item.range[0] : chunkStart(source, item)))
  const ends = items.map((item, index) =>
    list.flow ? item.range[1] : (starts[index + 1] ?? lineAfter(source, lastOffset(item))),
  )
  const chunk = (index: number) => {
    const text = source.slice(starts[index], ends[index])
    return list.flow || text.endsWith('\n') ? text : `${text}\n`
  }
  const between = (index: number) => (list.flow ? source.slice(ends[index], starts[index + 1] ?? ends[index]) : '')
  const text = order.map((from, index) => chunk(from) + between(index)).join('')
  return source.slice(0, starts[0]) + text + source.slice(ends.at(-1))
}

/** Of the line with the dash, or of the comments right above it. */
function chunkStart(source: string, item: Ranged): number {
  let start = lineStart(source, item.range[0])
  while (start > 0) {
    const above = lineStart(source, start - 1)
    if (!/^\s*#/.test(source.slice(above, start))) break
    start = above
  }
  return start
}

function dashColumn(source: string, item: Ranged): number {
  const start = lineStart(source, item.range[0])
  return columnOf(source, start + source.slice(start).search(/\S/))
}
