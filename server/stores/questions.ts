import type { FromReader } from '../core/thread-messages.ts'

interface Question<Asked> {
  asked: Asked
  resolve(result: never): void
  reject(error: Error): void
}

/** Questions to another thread that wait for their answers; `Asked` is kept of each until then. */
export class Questions<Asked> {
  readonly #waiting = new Map<number, Question<Asked>>()
  #nextId = 1

  /** `send` is called with the question's number. Rejects with the other thread's words, or what `fail` is given. */
  ask<Result>(asked: Asked, send: (id: number) => void): Promise<Result> {
    const id = this.#nextId++
    return new Promise<Result>((resolve, reject) => {
      send(id)
      this.#waiting.set(id, { asked, resolve, reject })
    })
  }

  /** An answer to what nobody waits for any more is dropped. */
  settle(answer: FromReader): void {
    const question = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) question?.reject(new Error(answer.error))
    else question?.resolve(answer.result as never)
  }

  /** What waits, by number. */
  waiting(): [id: number, asked: Asked][] {
    return [...this.#waiting].map(([id, { asked }]) => [id, asked])
  }

  /** Nobody will answer those for which `isLost` holds. */
  fail(error: Error, isLost: (asked: Asked) => boolean = () => true): void {
    for (const [id, { asked, reject }] of [...this.#waiting]) {
      if (!isLost(asked)) continue
      this.#waiting.delete(id)
      reject(error)
    }
  }
}
