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
  const { values, positionals } = readFlags(args, ['home', 'config', 'port', 'host'])
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

/** Flags with a text by name, those without one that were given, and the words that are no flags. */
export interface Flags<Name extends string, Switch extends string, List extends string = never> {
  values: Partial<Record<Name, string>>
  switches: ReadonlySet<Switch>
  /** Of flags that may be given several times. */
  lists: Record<List, readonly string[]>
  positionals: string[]
}

/** Throws a UsageError for a flag that is not named. */
export function readFlags<Name extends string, Switch extends string = never, List extends string = never>(
  args: readonly string[],
  names: readonly Name[],
  switches: readonly Switch[] = [],
  lists: readonly List[] = [],
): Flags<Name, Switch, List> {
  const options = Object.fromEntries([
    ...names.map((name) => [name, { type: 'string' as const }]),
    ...switches.map((name) => [name, { type: 'boolean' as const }]),
    ...lists.map((name) => [name, { type: 'string' as const, multiple: true }]),
  ])
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    return {
      values: values as Partial<Record<Name, string>>,
      switches: new Set(switches.filter((name) => (values as Record<string, unknown>)[name] === true)),
      lists: Object.fromEntries(
        lists.map((name) => [name, (values as Record<string, string[] | undefined>)[name] ?? []]),
      ) as Record<List, string[]>,
      positionals,
    }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
