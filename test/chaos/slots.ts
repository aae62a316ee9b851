import type { ServerResponse } from 'node:http'

/** The places of a machine that works on a few requests at a time and lets all others wait, first come, first served. */
export class Slots {
  #free: number
  readonly #waiting = new Set<() => void>()

  /** `null`: as many as come. */
  constructor(count: number | null) {
    this.#free = count ?? Number.POSITIVE_INFINITY
  }

  /** Works on a request when it is its turn. One whose client has gone while it waited is left out. */
  async hold(response: ServerResponse, work: () => Promise<void>): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else if (!(await this.#turn(response))) return
    await work()
    const [next] = this.#waiting
    if (next === undefined) this.#free += 1
    else {
      this.#waiting.delete(next)
      next()
    }
  }

  /** Resolves with a place, or with false when the client has gone. */
  #turn(response: ServerResponse): Promise<boolean> {
    return new Promise((resolve) => {
      const take = () => resolve(true)
      this.#waiting.add(take)
      response.once('close', () => {
        if (this.#waiting.delete(take)) resolve(false)
      })
    })
  }
}
