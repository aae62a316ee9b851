import type { Http } from './http.ts'
import type { EvaluatorKind, EvaluatorRule } from './types/runs.ts'

/** What replies are judged by. */
export class EvaluationsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** Every kind with its options. */
  async kinds(): Promise<EvaluatorKind[]> {
    return (await this.#http.admin<{ data: EvaluatorKind[] }>('GET', 'evaluators')).data
  }

  /** A set of evaluators for a run, looked over: rejects with a TypeError for kinds or options that there are not. */
  async define(...rules: EvaluatorRule[]): Promise<EvaluatorRule[]> {
    const kinds = new Map((await this.kinds()).map((kind) => [kind.id, kind]))
    const names = new Set<string>()
    for (const rule of rules) {
      const { use, name = use, ...options } = typeof rule === 'string' ? { use: rule } : rule
      const kind = kinds.get(use)
      if (!kind) throw new TypeError(`There is no evaluator "${use}". There are: ${[...kinds.keys()].join(', ')}.`)
      const unknown = Object.keys(options).find((option) => !Object.hasOwn(kind.options, option))
      if (unknown !== undefined) throw new TypeError(`"${use}" takes no option "${unknown}". ${optionsOf(kind)}`)
      if (names.has(name)) throw new TypeError(`Two evaluators are called "${name}": give one of them a \`name\`.`)
      names.add(name)
    }
    return rules
  }
}

function optionsOf({ options }: EvaluatorKind): string {
  const names = Object.keys(options)
  return names.length === 0 ? 'It takes none.' : `It takes: ${names.join(', ')}.`
}
