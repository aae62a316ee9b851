import { parseArgs } from 'node:util'

export interface ChaosOptions {
  /** Names of scenarios and parts; `null`: all. */
  only: readonly string[] | null
  quick: boolean
  seed: number
}

/** Reads the flags; `null` after printing what they are, when they make no sense or help is asked for. */
export function readOptions(args: readonly string[], names: readonly string[]): ChaosOptions | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: '4' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) throw new Error('')
    const only = values.only?.split(',').map((name) => name.trim()) ?? null
    const unknown = only?.find((name) => !names.includes(name))
    if (unknown !== undefined) throw new Error(`There is no scenario "${unknown}".`)
    if (!/^\d{1,9}$/.test(values.seed)) throw new Error(`--seed takes a whole number, not "${values.seed}".`)
    return { only, quick: values.quick, seed: Number(values.seed) }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage(names)}`.trimStart())
    return null
  }
}

function usage(names: readonly string[]): string {
  return `npm run chaos -- [--only NAME,NAME] [--quick] [--seed N]

  --only   scenarios: ${names.join(', ')}
  --quick  fewer requests, about a minute: a smoke test, too few to tell 99.9 %
  --seed   where chance begins; the same faults for the same number (4)
`
}
