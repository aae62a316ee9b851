import { LRUCache } from 'lru-cache'
import type { ToolCallView, ToolView } from '../../core/evaluation.ts'
import { type CompiledSchema, compileSchema, parseJson } from '../../core/json-schema.ts'
import { schemaWork } from './schema-work.ts'

/** `unknown`: the schema is none, or would take too long. */
export type CallCheck = 'right' | 'unknown-tool' | 'no-json' | 'breaks-schema' | 'unknown'

const KEPT = 100
/** Longer schemas take too long to compile. */
const LONGEST_SCHEMA = 32_768
/** Parts of the schema applied, times values in the arguments. */
const MOST_WORK = 5_000_000
const DEEPEST = 32

/** Checks calls against the tools that a request offers. Schemas are compiled once, as conversations send them each turn. */
export class CallChecker {
  readonly #schemas = new LRUCache<string, { compiled: CompiledSchema | null }>({ max: KEPT })

  check(call: ToolCallView, tools: readonly ToolView[]): CallCheck {
    const tool = tools.find(({ name }) => name === call.name)
    if (tool === undefined) return 'unknown-tool'
    // Without a schema it may take free text.
    if (tool.parameters === undefined) return 'right'
    const parsed = parseJson(call.arguments.trim() === '' ? '{}' : call.arguments)
    if (parsed === null) return 'no-json'
    const schema = this.#compiled(tool.parameters)
    if (schema === null) return 'unknown'
    const size = sizeOf(parsed.value)
    if (size === null || size.values * schemaWork(tool.parameters, size.depth) > MOST_WORK) return 'unknown'
    return schema.faults(parsed.value).length === 0 ? 'right' : 'breaks-schema'
  }

  #compiled(parameters: unknown): CompiledSchema | null {
    const text = JSON.stringify(parameters)
    if (text.length > LONGEST_SCHEMA) return null
    const known = this.#schemas.get(text)
    if (known !== undefined) return known.compiled
    const compiled = compileOrNull(parameters)
    this.#schemas.set(text, { compiled })
    return compiled
  }
}

function compileOrNull(schema: unknown): CompiledSchema | null {
  try {
    return compileSchema(schema, 'parameters')
  } catch {
    return null
  }
}

/** Of a JSON value; `null` where it is too deep. */
function sizeOf(value: unknown): { values: number; depth: number } | null {
  let values = 1
  let level: unknown[] = [value]
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const next = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
    if (next.length === 0) return { values, depth }
    values += next.length
    level = next
  }
  return null
}
