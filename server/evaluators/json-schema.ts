import type { EvaluatorKind } from '../core/evaluation.ts'
import { compileSchema, parseJson, unfenced } from '../core/json-schema.ts'
import { onlyCallsTools, verdict } from './verdict.ts'

/**
 * Passes a text that is JSON and valid under the schema; a single fenced block around it is accepted, and named in the
 * reason. `format` is not checked.
 */
export const jsonSchema: EvaluatorKind = {
  id: 'json-schema',
  description: 'The reply is JSON and valid under a schema.',
  options: { schema: 'JSON Schema: 2020-12, or draft-07 where `$schema` says so' },
  create({ schema }) {
    const compiled = compileSchema(schema, 'schema')
    return {
      kind: 'json-schema',
      cost: 'process',
      score({ reply }) {
        if (onlyCallsTools(reply)) return verdict(true, 'The reply calls a tool.')
        const whole = reply.text.trim()
        const fenced = unfenced(whole)
        const parsed = parseJson(fenced ?? whole)
        if (parsed === null) return verdict(false, 'The reply is not JSON.')
        const within = fenced === null ? '' : ', in a fenced block'
        const [fault] = compiled.faults(parsed.value)
        if (fault === undefined) return verdict(true, `The reply is JSON and valid under the schema${within}.`)
        return verdict(false, `The reply is JSON${within}, but breaks the schema: ${fault.message}.`)
      },
    }
  },
}
