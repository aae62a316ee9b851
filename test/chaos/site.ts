import { CALLERS, type Caller } from './callers.ts'
import { type Gateway, startGateway } from './gateway.ts'
import type { Behaviour } from './laboratory.ts'
import { type Remote, startRemote } from './remote.ts'
import { routeOver } from './route.ts'
import type { Kind, Scenario } from './scenarios.ts'
import type { UpstreamQuestion } from './upstreams-process.ts'

/** What one caller of a scenario meets: two upstreams of its own, and a route over them. */
export interface Cell {
  route: string
  urlA: string
  /** Numbers of A and B. */
  upstreams: readonly [number, number]
}

/** Where scenarios run: upstreams, clients and one gateway, each in a process of its own. */
export interface Site {
  upstreams: Remote
  clients: Remote
  gateway: Gateway
  /** Gatehouse can meet a scenario several times, in rounds from 0 to ROUNDS - 1, each as if it were the first. */
  cell(scenario: Scenario, kind: Kind, caller: Caller, round: number): Cell
  stop(): Promise<void>
}

export const ROUNDS = 3
const START_MS = 20_000

export async function startSite(scenarios: readonly Scenario[], seed: number): Promise<Site> {
  const upstreams = await startRemote('upstreams-process.ts')
  const clients = await startRemote('clients-process.ts')
  const cells = new Map<string, { scenario: Scenario; numbers: readonly [number, number] }>()
  const starts: { behaviour: Behaviour; seed: number }[] = []
  for (const scenario of scenarios)
    for (const kind of scenario.kinds)
      for (const caller of CALLERS)
        for (let round = 0; round < (caller === 'gatehouse' ? ROUNDS : 1); round += 1) {
          // All callers run into the same faults, whatever else is run.
          const own = seedOf(`${seed} ${scenario.name} ${kind}`)
          const first = starts.push({ behaviour: scenario.a, seed: own }, { behaviour: scenario.b, seed: own + 1 }) - 2
          cells.set(nameOf(scenario, kind, caller, round), { scenario, numbers: [first, first + 1] })
        }
  const urls = await upstreams.ask<string[]>({ start: starts } satisfies UpstreamQuestion, START_MS)
  const providers: Record<string, unknown> = {}
  const routes: Record<string, unknown> = {}
  for (const [name, { scenario, numbers }] of cells) {
    if (!name.includes('gatehouse')) continue
    const { kind = 'openai-compatible' } = scenario
    const ids = numbers.map((number, index) => {
      const id = `${name}-${'ab'[index]}`
      providers[id] = { kind, base_url: `${urls[number]}/v1` }
      return id
    })
    routes[name] = routeOver(ids, scenario.route)
  }
  const gateway = await startGateway({ version: 1, providers, routes })
  return {
    upstreams,
    clients,
    gateway,
    cell(scenario, kind, caller, round) {
      const route = nameOf(scenario, kind, caller, round)
      const { numbers } = cells.get(route)!
      return { route, urlA: urls[numbers[0]]!, upstreams: numbers }
    },
    async stop() {
      await gateway.stop()
      await clients.stop()
      await upstreams.stop()
    },
  }
}

function nameOf({ name }: Scenario, kind: Kind, caller: Caller, round: number): string {
  return `${name}-${kind}-${caller}-${round}`
}

/** FNV-1a, 24 bits of it. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 8
}
