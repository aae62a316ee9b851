import type { EvaluatorRule } from '../core/evaluation.ts'
import type { ChatRequest } from '../core/request.ts'
import { evaluators } from '../evaluators/index.ts'

/** What tells whether replies keep to the format that a request asks for; `null` where it asks for none. */
export function schemaRule({ output }: ChatRequest): EvaluatorRule | null {
  if (output.type === 'text') return null
  const kind = evaluators.get('json-schema')!
  try {
    const schema = output.type === 'json' ? { type: 'object' } : output.schema
    return { name: 'schema', kind, evaluator: kind.create({ schema }) }
  } catch {
    // A schema that makes no sense is the provider's to refuse.
    return null
  }
}
