import { parseArgs } from 'node:util'

export interface BenchOptions {
  rounds: number
  /** Of one target in one cell and round. */
  measureMs: number
  warmMs: number
  /** Before the first round, for each target and kind of reply. */
  firstWarmMs: number
  /** Of the memory section. */
  memoryRequests: number
  profileRounds: number
  chunkDelayMs: number
  only: readonly string[] | null
  json: string | null
  /** Profiles the gateway and measures nothing else. */
  profile: boolean
}

const USAGE = `npm run bench -- [--quick] [--only NAME,NAME] [--rounds N] [--chunk-delay MS] [--json FILE] [--profile]

  --quick        short rounds: a smoke test, not a measurement
  --only         targets by name, besides direct: nginx, bare, gatehouse, portkey
  --rounds       interleaved rounds (3; 1 when quick), 1 to 20
  --chunk-delay  milliseconds between two frames of the upstream's streams (0)
  --json         writes every sample to FILE
  --profile      profiles Gatehouse instead: its hottest functions and what recording costs
`

/** Reads the flags; `null` after printing what they are, when they make no sense or help is asked for. */
export function readOptions(args: readonly string[]): BenchOptions | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        rounds: { type: 'string' },
        'chunk-delay': { type: 'string', default: '0' },
        json: { type: 'string' },
        profile: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) throw new Error('')
    const { quick } = values
    const length = quick
      ? { measureMs: 400, warmMs: 80, firstWarmMs: 600, memoryRequests: 1000 }
      : { measureMs: 2500, warmMs: 500, firstWarmMs: 10_000, memoryRequests: 20_000 }
    return {
      ...length,
      rounds: number('rounds', values.rounds ?? (quick ? '1' : '3'), 1, 20),
      profileRounds: quick ? 1 : 3,
      chunkDelayMs: number('chunk-delay', values['chunk-delay'], 0, 1000),
      only: values.only?.split(',').map((name) => name.trim()) ?? null,
      json: values.json ?? null,
      profile: values.profile,
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`.trimStart())
    return null
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`--${name} takes ${least} to ${most}, not "${text}".`)
  return value
}
