/** A route as it stands in the text of the config file. */
import { isMap, LineCounter, parseDocument } from 'yaml'
import { placeIn } from './yaml-text.ts'

/** What is read leniently: it may be anything that YAML can say. */
export interface SourceTarget {
  provider?: unknown
  model?: unknown
  weight?: unknown
}

export interface SourceRoute {
  strategy?: unknown
  targets?: unknown
  when?: unknown
  evaluators?: unknown
}

export interface ReadSource {
  /** Why nothing else is known. */
  problem: { line: number; message: string } | null
  routes: ReadonlyMap<string, SourceRoute>
  providers: readonly string[]
}

/** Reads a text as far as the form needs it. Never throws. */
export function readSource(source: string): ReadSource {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  const failed = (line: number, message: string): ReadSource => ({
    problem: { line, message },
    routes: new Map(),
    providers: [],
  })
  if (error) return failed(lines.linePos(error.pos[0]).line, error.message)
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 })
    const { routes, providers } = mapOf(content)
    const known = Object.entries(mapOf(routes)).map(([name, route]) => [name, mapOf(route)] as const)
    return { problem: null, routes: new Map(known), providers: Object.keys(mapOf(providers)) }
  } catch (thrown) {
    return failed(1, (thrown as Error).message)
  }
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** Where a route's name stands in a text; `null` where there is none. */
export function offsetOfRoute(source: string, name: string): number | null {
  const { contents } = parseDocument(source)
  const routes = placeIn(contents, 'routes')?.pair.value
  return isMap(routes) ? (placeIn(routes, name)?.pair.key.range[0] ?? null) : null
}
