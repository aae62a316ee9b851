import type { ExperimentAnswers, ExperimentCommand } from '../core/experiment-commands.ts'
import type { DeskAnswers, DeskCommand } from '../core/guard-label.ts'
import type { FromWriter, ToWriter } from '../core/thread-messages.ts'
import { Questions } from './questions.ts'
import type { WriterPartner } from './recorder.ts'

/** The main thread's way to have done by the writer thread what people ask for. */
export class DeskAsker implements WriterPartner {
  readonly #post: (message: ToWriter) => void
  readonly #questions = new Questions<null>()

  constructor(recorder: { join(partner: WriterPartner): (message: ToWriter) => void }) {
    this.#post = recorder.join(this)
  }

  /** Resolves when it is done. Rejects when the store cannot, in its words. */
  ask<T extends DeskCommand['type']>(command: DeskCommand & { type: T }): Promise<DeskAnswers[T]> {
    return this.#questions.ask(null, (id) => this.#post({ type: 'desk-command', id, command }))
  }

  /** As `ask`, for experiments. */
  experiment<T extends ExperimentCommand['type']>(
    command: ExperimentCommand & { type: T },
  ): Promise<ExperimentAnswers[T]> {
    return this.#questions.ask(null, (id) => this.#post({ type: 'experiment-command', id, command }))
  }

  hear(message: FromWriter): void {
    if (message.type === 'desk-answer') this.#questions.settle(message)
  }

  /** What was asked may have been done already: it is not asked again by itself. */
  restarted(): void {
    this.#questions.fail(new Error('the writer thread failed'))
  }
}
