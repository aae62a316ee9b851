import { isAbsolute, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultHome } from './home.ts'

export interface ServeOptions {
  home: string
  /** `null` for HOME/gatehouse.yaml. */
  config: string | null
  host: string
  port: number
}

/** A command line that makes no sense; the message says what does. */
export class UsageError extends Error {}

export const DEFAULT_PORT = 4280

/** Reads flags, and where there is none the environment. Throws a UsageError. */
export function readServeOptions(args: readonly string[], environment: NodeJS.ProcessEnv): ServeOptions {
  const { values, positionals } = parse(args)
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is not an option.`)
  const port = values.port ?? environment.GATEHOUSE_PORT ?? String(DEFAULT_PORT)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port takes 0 to 65535, not "${port}".`)
  const config = values.config ?? environment.GATEHOUSE_CONFIG ?? null
  return {
    home: readHome(values.home, environment),
    config: config === null ? null : resolve(config),
    host: values.host ?? environment.GATEHOUSE_HOST ?? '127.0.0.1',
    port: Number(port),
  }
}

/** The data folder that a flag, the environment or the platform's custom names. */
export function readHome(flag: string | undefined, environment: NodeJS.ProcessEnv): string {
  const folder = flag ?? (environment.GATEHOUSE_HOME || defaultHome(environment, process.platform))
  return isAbsolute(folder) ? folder : resolve(folder)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        home: { type: 'string' },
        config: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
