import type { Policy } from '../core/policy.ts'
import type { Dialect, DialectId } from '../core/ports.ts'
import type { PipelineDeps } from '../pipeline/handle.ts'
import type { AdminDeps } from './admin/index.ts'

/** What the HTTP room is given by the app. */
export interface HttpDeps {
  policy(): Policy
  pipeline: PipelineDeps
  dialects: Readonly<Record<DialectId, Dialect>>
  admin: AdminDeps
  /** The gateway listens on loopback only. */
  loopbackOnly: boolean
  /** Folder of the built UI. */
  uiFolder: string
  traffic: Traffic
}

/** What is under way, for draining. */
export class Traffic {
  inFlight = 0
  draining = false
  readonly #listeners: (() => void)[] = []

  /** Called when the gateway begins to stop. */
  onDrain(listener: () => void): void {
    this.#listeners.push(listener)
  }

  drain(): void {
    this.draining = true
    for (const listener of this.#listeners) listener()
  }
}
