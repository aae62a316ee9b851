import { type Document, isMap, isPair, isScalar, type LineCounter, type Node } from 'yaml'

/** One thing wrong with the file and where. Lines and columns count from 1. */
export interface Problem {
  path: string
  message: string
  suggestion: string | null
  line: number
  column: number
}

/** The file was refused; `problems` is not empty. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** `12:5 routes.support.stratgy: unknown key; did you mean "strategy"?` */
export function formatProblem(problem: Problem): string {
  const tail = problem.suggestion ? `; ${problem.suggestion}` : ''
  const path = problem.path ? `${problem.path}: ` : ''
  return `${problem.line}:${problem.column} ${path}${problem.message}${tail}`
}

export type Path = readonly (string | number)[]

/** `routes.support.targets[0]` */
export function formatPath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index ? `.${step}` : step)).join('')
}

/** Collects problems and finds each one's place in the file. */
export class ProblemList {
  readonly problems: Problem[] = []
  readonly #document: Document
  readonly #lines: LineCounter

  constructor(document: Document, lines: LineCounter) {
    this.#document = document
    this.#lines = lines
  }

  /** `at: 'key'` points at the last step's key instead of its value. */
  add(path: Path, message: string, options: { suggestion?: string | null; at?: 'key' | 'value' } = {}): void {
    const { line, col } = this.#lines.linePos(this.#offset(path, options.at ?? 'value'))
    this.problems.push({
      path: formatPath(path),
      message,
      suggestion: options.suggestion ?? null,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
    })
  }

  /** The nearest place that exists: of what is missing, that of its parent. */
  #offset(path: Path, at: 'key' | 'value'): number {
    for (let length = path.length; length > 0; length -= 1) {
      const steps = path.slice(0, length)
      const wantKey = at === 'key' && length === path.length
      const node = wantKey ? this.#keyNode(steps) : (this.#document.getIn(steps, true) as Node | undefined)
      const offset = node?.range?.[0] ?? this.#keyNode(steps)?.range?.[0]
      if (offset !== undefined) return offset
    }
    return 0
  }

  #keyNode(path: Path): Node | undefined {
    const parent = path.length > 1 ? this.#document.getIn(path.slice(0, -1), true) : this.#document.contents
    if (!isMap(parent)) return undefined
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(path.at(-1)),
    )
    return pair?.key as Node | undefined
  }
}
