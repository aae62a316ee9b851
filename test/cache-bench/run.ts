import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { exactPart } from './exact.ts'
import type { BenchPart } from './part.ts'
import { semanticPart } from './semantic.ts'

/**
 * `npm run bench:cache`: how fast the cache answers and how that grows. Tables go to standard output, progress to
 * standard error. Nothing is asserted about speed; the exit code is 0 unless something broke.
 */
const PARTS: readonly BenchPart[] = [exactPart, semanticPart]

const USAGE = `npm run bench:cache -- [--quick] [--only NAME,NAME]

  --quick  small sizes: a smoke test, not a measurement
  --only   parts by name: ${PARTS.map(({ name }) => name).join(', ')}
`

function readOptions(): { quick: boolean; only: readonly string[] } {
  const names = PARTS.map(({ name }) => name)
  try {
    const { values } = parseArgs({
      options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
    })
    const only = values.only?.split(',').map((name) => name.trim()) ?? names
    const unknown = only.find((name) => !names.includes(name))
    if (unknown !== undefined) throw new Error(`there is no part ${unknown}`)
    return { quick: values.quick, only }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

const { quick, only } = readOptions()
process.stdout.write(`The cache's benchmark\nNode ${process.version} on ${cpus().length} × ${cpus()[0]?.model}\n`)
for (const part of PARTS.filter(({ name }) => only.includes(name))) {
  const progress = (text: string) => void process.stderr.write(`${part.name}: ${text}\n`)
  process.stdout.write(`\n${await part.run({ quick, progress })}\n`)
}
process.exit(0)
