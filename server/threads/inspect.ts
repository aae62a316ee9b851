import { parentPort } from 'node:worker_threads'
import type { GuardContext, Guardrail, GuardText, Inspection } from '../core/guardrail.ts'
import type { FromReader, ToReader } from '../core/thread-messages.ts'
import { guardrails } from '../guardrails/index.ts'

/** The thread that looks at texts which are too large for the main thread. */

/** Guardrails by kind and options, as they are made anew with each revision of the config. */
const made = new Map<string, Guardrail>()
const MOST_MADE = 100

function guardrailOf(kind: string, options: Readonly<Record<string, unknown>>): Guardrail {
  const name = JSON.stringify([kind, options])
  let guardrail = made.get(name)
  if (!guardrail) {
    if (made.size >= MOST_MADE) made.delete(made.keys().next().value!)
    guardrail = guardrails.get(kind)!.create(options)
    made.set(name, guardrail)
  }
  return guardrail
}

/** What does not ask anybody needs no services. */
const services = {} as GuardContext['services']

parentPort!.on('message', async ({ id, args }: ToReader) => {
  const [kind, options, text, context] = args as [string, Record<string, unknown>, GuardText, GuardContext]
  let answer: FromReader
  try {
    const { signal } = new AbortController()
    const result: Inspection = await guardrailOf(kind, options).inspect(text, { ...context, signal, services })
    answer = { id, result }
  } catch (error) {
    answer = { id, error: (error as Error).name }
  }
  parentPort!.postMessage(answer)
})
