import { catalogue } from '../../server/catalogue.ts'
import { compileConfig } from '../../server/config/load.ts'
import { ConfigError, type Problem } from '../../server/config/problems.ts'
import { secretResolver } from '../../server/config/secrets.ts'
import type { Policy } from '../../server/core/policy.ts'

/** Compiles a config as the gateway does, with what this build offers. */
export function compile(source: string, environment: NodeJS.ProcessEnv = {}, home = '.'): Policy {
  return compileConfig(source, catalogue, secretResolver(home, environment))
}

/** What is wrong with a config; fails when nothing is. */
export function problemsOf(source: string): readonly Problem[] {
  try {
    compile(source)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  throw new Error(`this config was accepted:\n${source}`)
}

/** Takes the mark `▸` out of a text: the text without it, and the place where it stood, counted from 1. */
export function marked(text: string): { source: string; line: number; column: number } {
  const before = text.slice(0, text.indexOf('▸')).split('\n')
  return { source: text.replace('▸', ''), line: before.length, column: before.at(-1)!.length + 1 }
}

/** A config with these lines in place of its only route, which otherwise echoes. */
export function withRoute(lines: string): string {
  return `version: 1\nproviders:\n  local: { kind: vllm }\nroutes:\n  support:\n${lines}\n`
}

/** A config with these lines as its only provider. */
export function withProvider(lines: string): string {
  return `version: 1\nproviders:\n${lines}\nroutes:\n  default:\n    targets: [{ provider: sandbox, model: echo }]\n`
}
