import { check } from 'recheck'
import { parseSync } from 'vite'
import { sources } from '../config/imports.ts'

/** Finds the regular expressions of a room and has each analysed: none may take more than linear time, however its text is made. */

/** Milliseconds for one of them; and how often those are bred that the automata cannot tell: it finds such soon or not. */
const PARAMETERS = { timeout: 20_000, maxIteration: 5 }

export interface Found {
  pattern: string
  flags: string
  places: string[]
}

/** Of syntax trees: https://github.com/estree/estree. */
interface Node {
  type: string
  start: number
  regex?: { pattern: string; flags: string }
  callee?: { type: string; name?: string }
  arguments?: Node[]
  value?: unknown
  quasis?: { value: { cooked: string } }[]
}

/** Every regular expression in code, and the calls of `RegExp` whose text is put together elsewhere. */
export function regularExpressionsIn(file: string, code: string): { literals: Found[]; built: string[] } {
  const literals: Found[] = []
  const built: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    const place = `${file}:${code.slice(0, node.start).split('\n').length}`
    if (node.regex) literals.push({ ...node.regex, places: [place] })
    else if (node.callee?.name === 'RegExp') {
      const [pattern, flags = ''] = (node.arguments ?? []).map(textOf)
      if (typeof pattern === 'string' && typeof flags === 'string') literals.push({ pattern, flags, places: [place] })
      else built.push(place)
    }
    for (const inner of Object.values(node)) visit(inner)
  }
  visit(parseSync(file, code).program)
  return { literals, built }
}

/** `null`: not known before it runs. */
function textOf({ type, value, quasis }: Node): string | null {
  if (type === 'Literal' && typeof value === 'string') return value
  return type === 'TemplateLiteral' && quasis?.length === 1 ? quasis[0]!.value.cooked : null
}

/** The regular expressions of one folder of the server, by pattern and flags. */
export class RegexCensus {
  readonly found = new Map<string, Found>()
  readonly #built: string[] = []
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    for (const [file, code] of sources(folder)) {
      const inFile = regularExpressionsIn(file, code)
      this.#built.push(...inFile.built)
      for (const each of inFile.literals) this.#add(each)
    }
  }

  #add(each: Found): void {
    const key = `/${each.pattern}/${each.flags}`
    const known = this.found.get(key)
    if (known) known.places.push(...each.places)
    else this.found.set(key, each)
  }

  /** Runs something, and keeps the expressions that the folder puts together meanwhile. */
  async watch(run: () => Promise<void>): Promise<void> {
    const Original = globalThis.RegExp
    const recorded = (expression: RegExp) => {
      const caller = new Error().stack!.split('\n').find((line) => line.includes(`/${this.#folder}/`))
      const place = caller === undefined ? null : Original(`${this.#folder}/[^:]+:\\d+`).exec(caller)
      if (place) this.#add({ pattern: expression.source, flags: expression.flags, places: [place[0]] })
      return expression
    }
    globalThis.RegExp = new Proxy(Original, {
      construct: (target, [pattern, flags]) => recorded(new target(pattern, flags)),
      apply: (target, _, [pattern, flags]) => recorded(target(pattern, flags)),
    })
    try {
      await run()
    } finally {
      globalThis.RegExp = Original
    }
  }

  /** Places where expressions are put together that were not seen being so. */
  unseen(): string[] {
    const seen = new Set([...this.found.values()].flatMap(({ places }) => places))
    return this.#built.filter((place) => !seen.has(place))
  }

  /** What is not linear, or may not be, but for what is excused; by key. */
  async wrong(excused: Readonly<Record<string, string>>): Promise<string[]> {
    const wrong: string[] = []
    const waiting = [...this.found].filter(([key]) => !(key in excused))
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [key, { pattern, flags, places }] = next
        const result = await check(pattern, flags, PARAMETERS)
        if (result.status === 'safe') continue
        const why =
          result.status === 'unknown'
            ? result.error.kind
            : `${result.complexity.summary}, ${result.attack.pattern}, ${result.checker}`
        wrong.push(`${result.status}: ${key} (${why}) at ${places.join(', ')}`)
      }
    }
    await Promise.all([work(), work()])
    return wrong.sort()
  }
}
