import { asGatewayError } from '../core/errors.ts'
import type { Policy, ProviderPolicy } from '../core/policy.ts'
import type { Provider, Send } from '../core/ports.ts'
import { ask } from '../egress/ask.ts'
import { listCall } from './own-call.ts'
import type { TargetGate } from './target-gate.ts'

const TICK_MS = 1000
/** How often a provider is asked that is failing, where the config does not say. */
const TROUBLED_MS = 15_000
/** One question that fails may be chance. */
const DOWN_AFTER = 2
const MOST_AT_ONCE = 8

interface Probe {
  askedAt: number
  failures: number
  running: boolean
}

interface ProberDeps {
  policy(): Policy
  providers: ReadonlyMap<string, Provider>
  gate: TargetGate
  send: Send
}

/**
 * Asks providers for their models to see whether they are up: those with `health_check` as often as it says, others
 * while their breaker is open. Any answer but a server error is one. Who has no list of models is never asked.
 */
export class HealthProber {
  readonly #deps: ProberDeps
  readonly #probes = new Map<string, Probe>()
  #timer: NodeJS.Timeout | undefined

  constructor(deps: ProberDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const { policy, gate, providers } = this.#deps
    const troubled = new Set(gate.troubled())
    // Nobody asks any more about one that the config has lost.
    for (const id of troubled) if (!policy().providers.has(id)) gate.reportHealth(id, true, null)
    let running = [...this.#probes.values()].filter((probe) => probe.running).length
    for (const provider of policy().providers.values()) {
      const everyMs = provider.probeMs ?? (troubled.has(provider.id) ? TROUBLED_MS : null)
      if (everyMs === null || provider.problem !== null || !providers.get(provider.kind)!.models) continue
      const probe = this.#probeOf(provider.id)
      if (probe.running || performance.now() - probe.askedAt < everyMs || running >= MOST_AT_ONCE) continue
      running += 1
      void this.#ask(provider, probe)
    }
  }

  #probeOf(id: string): Probe {
    let probe = this.#probes.get(id)
    if (!probe) {
      probe = { askedAt: Number.NEGATIVE_INFINITY, failures: 0, running: false }
      this.#probes.set(id, probe)
    }
    return probe
  }

  async #ask(provider: ProviderPolicy, probe: Probe): Promise<void> {
    const { gate, send, providers } = this.#deps
    probe.askedAt = performance.now()
    probe.running = true
    const problem = await problemOf(provider, providers.get(provider.kind)!, send)
    probe.running = false
    probe.failures = problem === null ? 0 : probe.failures + 1
    if (problem === null) gate.reportHealth(provider.id, true, null)
    // Without `health_check` nobody asked to have it taken out: its breaker knows.
    else if (provider.probeMs !== null && probe.failures >= DOWN_AFTER) gate.reportHealth(provider.id, false, problem)
  }
}

/** `null` when it is up. */
async function problemOf(policy: ProviderPolicy, provider: Provider, send: Send): Promise<string | null> {
  try {
    const { status } = await ask(send, await listCall(policy, provider))
    return status < 500 ? null : `it answered its health check with ${status}`
  } catch (error) {
    return asGatewayError(error).message
  }
}
