import type { Strategy } from '../core/ports.ts'
import { costOptimized } from './cost-optimized.ts'
import { leastLatency } from './least-latency.ts'
import { priority } from './priority.ts'
import { weighted } from './weighted.ts'

/** Every strategy by its id. */
export const strategies: ReadonlyMap<string, Strategy> = new Map(
  [priority, weighted, leastLatency, costOptimized].map((strategy) => [strategy.id, strategy]),
)
