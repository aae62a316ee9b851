/** A map of bounded size: what was used the longest time ago is forgotten for what is new. */
export class RecentMap<V> {
  readonly #limit: number
  /** In the order of their last use. */
  readonly #entries = new Map<string, V>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Looks without counting as a use. */
  peek(key: string): V | undefined {
    return this.#entries.get(key)
  }

  get(key: string, create: () => V): V {
    const known = this.#entries.get(key)
    const value = known ?? create()
    if (known !== undefined) this.#entries.delete(key)
    else if (this.#entries.size >= this.#limit) this.#entries.delete(this.#entries.keys().next().value!)
    this.#entries.set(key, value)
    return value
  }

  values(): IterableIterator<V> {
    return this.#entries.values()
  }
}
