import { readFileSync } from 'node:fs'
import { catalogue } from '../catalogue.ts'
import { compileConfig } from '../config/load.ts'
import { ConfigError, formatProblem } from '../config/problems.ts'
import type { ResolveSecret } from '../config/secrets.ts'
import type { Policy } from '../core/policy.ts'
import { UsageError } from '../options.ts'

/** Reads a config file. Throws a UsageError with every problem, each with its place in the file. */
export function readPolicy(file: string, resolve: ResolveSecret): Policy {
  try {
    return compileConfig(readFileSync(file, 'utf8'), catalogue, resolve)
  } catch (error) {
    if (error instanceof ConfigError)
      throw new UsageError(error.problems.map((problem) => `${file}:${formatProblem(problem)}`).join('\n'))
    if ((error as NodeJS.ErrnoException).code) throw new UsageError(`${file}: ${(error as Error).message}`)
    throw error
  }
}
