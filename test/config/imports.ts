import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

/** One arrow from a file to what it names. Paths begin at the project and have forward slashes. */
export interface Arrow {
  from: string
  /** A file of ours, or a package. */
  to: string
  ours: boolean
  /** Gone at run time. */
  typeOnly: boolean
  /** Named by `new URL('…', import.meta.url)`: started or read, not imported. */
  started: boolean
  /** The names taken, where they stand in braces. */
  names: readonly string[]
}

/** The code files below these folders, by path. */
export function sources(...folders: readonly string[]): Map<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|js|mjs|cjs|cts)$/.test(entry.name))
      .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)).split(sep).join('/')),
  )
  return new Map(files.sort().map((file) => [file, readFileSync(join(PROJECT, file), 'utf8')]))
}

/** Code without its comments; what stands in quotes stays. */
export function withoutComments(code: string): string {
  return code.replace(/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '$1')
}

const STATIC = /\b(import|export)\s+(type\s+)?([\w$*\s,]*(?:\{[^}]*\})?)\s*from\s*['"]([^'"]+)['"]/g
const BARE = /(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]/g
const DYNAMIC = /\b(?:import|require|require\.resolve)\(\s*['"`]([^'"`]+)['"`]/g
const STARTED = /\bnew URL\(\s*['"`]([^'"`]+)['"`]\s*,\s*import\.meta\.url\s*\)/g

/** Every arrow that leaves a file. */
export function arrowsOf(from: string, code: string): Arrow[] {
  const plain = withoutComments(code)
  const arrow = (target: string, more: Partial<Arrow> = {}): Arrow => {
    const ours = target.startsWith('.')
    const to = ours
      ? relative(PROJECT, join(PROJECT, dirname(from), target))
          .split(sep)
          .join('/')
      : target
    return { from, to, ours, typeOnly: false, started: false, names: [], ...more }
  }
  const found: Arrow[] = []
  for (const [, , type, clause = '', target] of plain.matchAll(STATIC)) {
    const inside = /\{([^}]*)\}/.exec(clause)?.[1]
    const names = (inside ?? '').split(',').flatMap((name) => name.trim() || [])
    const allTypes = inside !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '))
    const onlyBraces = clause.trim().startsWith('{')
    found.push(arrow(target!, { names, typeOnly: type !== undefined || (allTypes && onlyBraces) }))
  }
  for (const [, target] of plain.matchAll(BARE)) found.push(arrow(target!))
  for (const [, target] of plain.matchAll(DYNAMIC)) found.push(arrow(target!))
  for (const [, target] of plain.matchAll(STARTED)) found.push(arrow(target!, { started: true }))
  return found
}

/** The circles of a graph, each as the files on it in order. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) circles.push([...path.slice(start), file])
    if (start >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) walk(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) walk(file, [])
  return circles
}
