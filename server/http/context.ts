import type { ConfigStore } from '../config/watch.ts'
import type { Policy } from '../core/policy.ts'
import type { Provider, Send } from '../core/ports.ts'
import type { PipelineDeps } from '../pipeline/handle.ts'
import type { Reader } from '../stores/reader.ts'
import type { RecorderStatus } from '../stores/recorder.ts'
import type { HealthBook } from '../telemetry/health.ts'
import type { Access } from './admin/access.ts'
import type { LiveHub } from './admin/live-hub.ts'

/** What the HTTP room is given by the app. */
export interface HttpDeps {
  policy(): Policy
  pipeline: PipelineDeps
  admin: AdminDeps
  /** The gateway listens on loopback only. */
  loopbackOnly: boolean
  /** Folder of the built UI. */
  uiFolder: string
  traffic: Traffic
}

/** What the admin API is given by the app. */
export interface AdminDeps {
  version: string
  access: Access
  reader: Reader
  live: LiveHub
  health: HealthBook
  providers: ReadonlyMap<string, Provider>
  configFile: string
  config: ConfigStore
  send: Send
  recorderStatus(): RecorderStatus
  /** `http://HOST:PORT`; known once the gateway listens. */
  address(): { url: string; port: number }
  onFault(error: unknown): void
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
