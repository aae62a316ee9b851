import assert from 'node:assert/strict'
import type {
  GuardContext,
  GuardMatch,
  Guardrail,
  GuardServices,
  Inspection,
  TextOrigin,
} from '../../server/core/guardrail.ts'
import { guardrails } from '../../server/guardrails/index.ts'

export function make(kind: string, options: Readonly<Record<string, unknown>>): Guardrail {
  return guardrails.get(kind)!.create(options)
}

/** A context whose services fail, but for those given. */
export function contextWith(services: Partial<GuardServices> = {}, more: Partial<GuardContext> = {}): GuardContext {
  const fail = async () => assert.fail('no service is asked here')
  return {
    stage: 'post',
    tenant: 'acme',
    route: 'support',
    systemPrompt: '',
    tools: [],
    signal: new AbortController().signal,
    services: { ask: fail, post: fail, embed: fail, ...services },
    ...more,
  }
}

export async function inspect(
  guardrail: Guardrail,
  text: string,
  { context = contextWith(), origin = 'reply' as TextOrigin, tool = undefined as string | undefined } = {},
): Promise<Inspection> {
  return guardrail.inspect({ text, origin, place: 'here', ...(tool === undefined ? {} : { tool }) }, context)
}

/** What was found, as it stands in the text. */
export async function found(guardrail: Guardrail, text: string, context = contextWith()): Promise<string[]> {
  return (await inspect(guardrail, text, { context })).matches.map(({ start, end }) => text.slice(start, end))
}

/** The places of what was found, unit by unit. */
export function unitsOf(matches: readonly GuardMatch[]): number[] {
  return matches.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at))
}
