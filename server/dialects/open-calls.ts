/**
 * Gives calls without an id one and finds the call that a result belongs to: by its id, else the first call of its
 * name, else the first, that has no result yet. Made-up ids are the same each time a conversation is sent, so that
 * prompts stay the same for providers' caches.
 */
export class OpenCalls {
  #open: { id: string; name: string }[] = []
  #given = new Set<string>()
  #count = 0

  /** The id of a call. */
  open(id: string | undefined, name: string): string {
    const call = { id: id || this.#next(), name }
    this.#given.add(call.id)
    this.#open.push(call)
    return call.id
  }

  /** The id of the call that a result belongs to. */
  close(id: string | undefined, name: string): string {
    const found = id ? this.#open.findIndex((call) => call.id === id) : this.#find(name)
    const call = found < 0 ? undefined : this.#open.splice(found, 1)[0]
    return id || (call?.id ?? this.#next())
  }

  #find(name: string): number {
    const named = this.#open.findIndex((call) => call.name === name)
    return named < 0 && this.#open.length > 0 && name === '' ? 0 : named
  }

  #next(): string {
    do this.#count += 1
    while (this.#given.has(`call_${this.#count}`))
    return `call_${this.#count}`
  }
}
