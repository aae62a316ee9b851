import type { ProviderQueues } from '../attempts/queue/index.ts'
import type { TargetGate } from '../attempts/target-gate.ts'
import type { ConfigStore } from '../config/watch.ts'
import type { InspectText } from '../core/guard-trial.ts'
import type { GuardrailKind } from '../core/guardrail.ts'
import type { Policy, RoutePolicy } from '../core/policy.ts'
import type { Provider, Send } from '../core/ports.ts'
import type { Signals } from '../core/signals.ts'
import type { OpenExperiments } from '../experiments/open-experiments.ts'
import type { OpenCache } from '../pipeline/caching/open-cache.ts'
import type { PipelineDeps } from '../pipeline/handle.ts'
import type { DeskAsker } from '../stores/desk-asker.ts'
import type { Reader } from '../stores/reader.ts'
import type { RecorderStatus } from '../stores/recorder.ts'
import type { HealthBook } from '../telemetry/health.ts'
import type { RouteTraffic } from '../telemetry/route-traffic.ts'
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
  /** What people do by hand. */
  desk: DeskAsker
  live: LiveHub
  health: HealthBook
  gate: TargetGate
  /** Takes a provider, or one of its models, out of use, or puts it back; it stays so over a restart. */
  setDrain(provider: string, model: string | null, drained: boolean): void
  queues: ProviderQueues
  signals: Signals
  routeTraffic: RouteTraffic
  /** Retries and hedges that a route's budget allows now. */
  retriesLeft(route: RoutePolicy): number
  providers: ReadonlyMap<string, Provider>
  guardrails: ReadonlyMap<string, GuardrailKind>
  /** Tries guardrails on a text, apart from any request. */
  inspectText: InspectText
  configFile: string
  config: ConfigStore
  /** JSON Schema of the config file, for what this build offers. */
  configSchema: object
  send: Send
  recorderStatus(): RecorderStatus
  cache: OpenCache
  experiments: OpenExperiments
  /** `http://HOST:PORT`; known once the gateway listens. */
  address(): { url: string; port: number }
  onFault(error: unknown): void
}

/** What is under way, for draining. */
export class Traffic {
  inFlight = 0
  /** Of those, the gateway's own experiments. */
  #own = 0
  /** Bytes of request bodies under way. */
  buffered = 0
  /** Requests that were refused because of too many others. */
  shed = 0
  draining = false
  readonly #listeners: (() => void)[] = []

  /** Called when the gateway begins to stop. */
  onDrain(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Counts work that no client waits for as under way. It must not reject. */
  follow(work: Promise<void>): void {
    this.inFlight += 1
    void work.finally(() => {
      this.inFlight -= 1
    })
  }

  /** As `follow`, for what callers do not know of. */
  followOwn(work: Promise<void>): void {
    this.#own += 1
    this.follow(
      work.finally(() => {
        this.#own -= 1
      }),
    )
  }

  /** Nothing that a caller asked for is under way. */
  get isIdle(): boolean {
    return this.inFlight === this.#own
  }

  drain(): void {
    this.draining = true
    for (const listener of this.#listeners) listener()
  }
}
