import { randomBytes } from 'node:crypto'
import type { Experiment, PairRecord } from '../core/experiment.ts'
import type { ExperimentAnswers, ExperimentCommand, LateScores } from '../core/experiment-commands.ts'
import type { DeskAsker } from '../stores/desk-asker.ts'

/** Tries of a write whose thread failed: the same one twice does nothing. */
const TRIES = 3
const PAUSE_MS = 1000

export type NewExperiment = Omit<Experiment, 'id' | 'startedAt' | 'endedAt'> & { fingerprint: string }

/** The main thread's way to write experiments down. */
export class ExperimentStore {
  readonly #desk: DeskAsker
  /** Ids by fingerprint and route, so that the store is asked once. */
  readonly #open = new Map<string, Promise<string>>()

  constructor(desk: DeskAsker) {
    this.#desk = desk
  }

  /** The id of the open experiment of this fingerprint; another mirror of the same route ends with it. */
  open({ fingerprint, ...experiment }: NewExperiment): Promise<string> {
    const key = `${experiment.kind}\0${experiment.route}`
    const held = `${key}\0${fingerprint}`
    const known = this.#open.get(held)
    if (known) return known
    for (const other of this.#open.keys()) if (other.startsWith(`${key}\0`)) this.#open.delete(other)
    const startedAt = Date.now()
    const fresh: Experiment = { ...experiment, id: experimentId(startedAt), startedAt, endedAt: null }
    const opened = again(() => this.#desk.experiment({ type: 'open-experiment', experiment: fresh, fingerprint })).then(
      ({ id }) => id,
    )
    opened.catch(() => this.#open.delete(held))
    this.#open.set(held, opened)
    return opened
  }

  /** Resolves when the pair is in the store. */
  async addPair(pair: PairRecord): Promise<void> {
    await again(() => this.#desk.experiment({ type: 'add-pair', pair }))
  }

  async addScores(scored: LateScores): Promise<void> {
    await again(() => this.#desk.experiment({ type: 'add-scores', scored }))
  }

  /** Asks for what does nothing more when it is asked twice; again where the thread failed. */
  ask<T extends ExperimentCommand['type']>(command: ExperimentCommand & { type: T }): Promise<ExperimentAnswers[T]> {
    return again(() => this.#desk.experiment<T>(command))
  }

  /** Forgets what is open, e.g. as one was ended by hand. */
  forget(): void {
    this.#open.clear()
  }
}

/** `exp_`, 12 hex digits of milliseconds, 8 random ones: they are in order of time. */
export function experimentId(now: number): string {
  return `exp_${Math.floor(now).toString(16).padStart(12, '0')}${randomBytes(4).toString('hex')}`
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left <= 1) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
