import type { DeskAnswers, DeskCommand } from '../core/guard-label.ts'
import type { FromWriter, ToWriter } from '../core/thread-messages.ts'
import type { WriterPartner } from './recorder.ts'

interface Question {
  resolve(result: never): void
  reject(error: Error): void
}

/** The main thread's way to have done by the writer thread what people ask for. */
export class DeskAsker implements WriterPartner {
  readonly #post: (message: ToWriter) => void
  readonly #questions = new Map<number, Question>()
  #nextId = 1

  constructor(recorder: { join(partner: WriterPartner): (message: ToWriter) => void }) {
    this.#post = recorder.join(this)
  }

  /** Resolves when it is done. Rejects when the store cannot, in its words. */
  ask<T extends DeskCommand['type']>(command: DeskCommand & { type: T }): Promise<DeskAnswers[T]> {
    const id = this.#nextId++
    return new Promise<DeskAnswers[T]>((resolve, reject) => {
      this.#questions.set(id, { resolve, reject })
      this.#post({ type: 'desk-command', id, command })
    })
  }

  hear(message: FromWriter): void {
    if (message.type !== 'desk-answer') return
    const question = this.#questions.get(message.id)
    this.#questions.delete(message.id)
    if ('error' in message) question?.reject(new Error(message.error))
    else question?.resolve(message.result as never)
  }

  /** What was asked may have been done already: it is not asked again by itself. */
  restarted(): void {
    for (const { reject } of this.#questions.values()) reject(new Error('the writer thread failed'))
    this.#questions.clear()
  }
}
