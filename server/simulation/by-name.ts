/** Names that are told apart. */
const MOST_NAMES = 1000
const OTHERS = 'others'

/** Something for each name; names beyond the first 1000, which callers may make up, have one thing together. */
export class ByName<V> {
  readonly #create: () => V
  readonly #values = new Map<string, V>()

  constructor(create: () => V) {
    this.#create = create
  }

  of(name: string): V {
    const key = this.#values.has(name) || this.#values.size < MOST_NAMES ? name : OTHERS
    let value = this.#values.get(key)
    if (value === undefined) {
      value = this.#create()
      this.#values.set(key, value)
    }
    return value
  }

  entries(): [name: string, value: V][] {
    return [...this.#values]
  }
}

/** Requests by name. */
export class Tally {
  readonly #counts = new ByName(() => ({ requests: 0 }))

  add(name: string): void {
    this.#counts.of(name).requests += 1
  }

  /** The most frequent first. */
  entries(): [name: string, requests: number][] {
    const counts = this.#counts.entries().map(([name, { requests }]): [string, number] => [name, requests])
    return counts.sort(([, one], [, other]) => other - one)
  }
}
