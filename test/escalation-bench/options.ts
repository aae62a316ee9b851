import { parseArgs } from 'node:util'
import type { Shares } from './traffic.ts'

export interface Options {
  rounds: number
  /** Of each half of a round. */
  requests: number
  shares: Shares
}

const USAGE = `npm run bench:escalation -- [--rounds N] [--requests N] [--cheap SHARE] [--frontier SHARE]

  --rounds    traffics, drawn anew (3), 1 to 20
  --requests  of each half of a round (500), 50 to 5000
  --cheap     share of its replies that are grounded (0.6), 0 to 1
  --frontier  share of its replies that are grounded (0.95), 0 to 1
`

/** Reads the flags; `null` after printing what they are, when they make no sense or help is asked for. */
export function readOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '3' },
        requests: { type: 'string', default: '500' },
        cheap: { type: 'string', default: '0.6' },
        frontier: { type: 'string', default: '0.95' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) throw new Error('')
    const shares = { cheap: share('cheap', values.cheap), frontier: share('frontier', values.frontier) }
    if (shares.cheap >= shares.frontier) throw new Error('--frontier must be above --cheap.')
    return {
      shares,
      rounds: whole('rounds', values.rounds, 1, 20),
      requests: whole('requests', values.requests, 50, 5000),
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`.trimStart())
    return null
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`--${name} takes ${least} to ${most}, not "${text}".`)
  return value
}

function share(name: string, text: string): number {
  const value = Number(text)
  if (text === '' || !(value >= 0 && value <= 1)) throw new Error(`--${name} takes 0 to 1, not "${text}".`)
  return value
}
