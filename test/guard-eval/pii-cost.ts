import type { GuardContext, Guardrail } from '../../server/core/guardrail.ts'

const ROUNDS = 5
const KILOBYTE = 1024

interface Cost {
  p50: number
  p99: number
}

/** Milliseconds a kilobyte, over the texts joined to pieces of some kilobytes. */
export function costOf(guardrail: Guardrail, texts: readonly string[]): Cost {
  const all = texts.join('\n')
  const pieces: string[] = []
  for (let at = 0; at < all.length; at += 4 * KILOBYTE) pieces.push(all.slice(at, at + 4 * KILOBYTE))
  const run = (text: string) => {
    const before = performance.now()
    guardrail.inspect({ text, origin: 'user', place: '' }, {} as GuardContext)
    return ((performance.now() - before) * KILOBYTE) / text.length
  }
  for (let round = 0; round < 2; round++) for (const piece of pieces) run(piece)
  const times = Array.from({ length: ROUNDS }, () => pieces.map(run))
    .flat()
    .sort((a, b) => a - b)
  return { p50: times[Math.floor(times.length / 2)]!, p99: times[Math.floor(times.length * 0.99)]! }
}
