import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** Resolves `${env:NAME}`, `${file:PATH}` and `${secret:NAME}`. Throws an Error that says what is not there. */
export type ResolveSecret = (kind: 'env' | 'file' | 'secret', name: string) => string

const REFERENCE = /\$\{(env|file|secret):([^}]+)\}/g

/**
 * Reads references from the environment, from files (relative paths begin at `home`), and from
 * `home/secrets/NAME`, one secret a file.
 */
export function secretResolver(home: string, environment: NodeJS.ProcessEnv): ResolveSecret {
  return (kind, name) => {
    if (kind === 'env') {
      const value = environment[name]
      if (!value) throw new Error(`the environment variable ${name} is not set`)
      return value
    }
    if (kind === 'secret' && !/^[\w.-]+$/.test(name)) throw new Error(`"${name}" is not a secret's name`)
    const file = kind === 'secret' ? join(home, 'secrets', name) : isAbsolute(name) ? name : join(home, name)
    try {
      const value = readFileSync(file, 'utf8').trim()
      if (value === '') throw new Error('it is empty')
      return value
    } catch (error) {
      throw new Error(`the ${kind} "${name}" cannot be read (${(error as NodeJS.ErrnoException).code ?? 'empty'})`)
    }
  }
}

/** Replaces every reference in a text. */
export function resolveReferences(text: string, resolve: ResolveSecret): string {
  return text.replace(REFERENCE, (_, kind, name) => resolve(kind, name))
}
