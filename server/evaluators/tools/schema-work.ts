/** Keywords whose schemas are applied to the value itself; others to what is in it. */
const IN_PLACE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'])
/** Keywords that hold schemas by name. */
const MAPPINGS = new Set(['properties', 'patternProperties', 'dependentSchemas'])
/** Keywords that hold values, or schemas that are applied only where something refers to them. */
const ASIDE = new Set(['$defs', 'definitions', 'enum', 'const', 'default', 'examples'])

/**
 * How many times parts of a schema can be applied along the paths into a value of this depth. A schema whose references
 * branch anew at every step has exponentially many, and clients send any schema with their tools: so whoever validates by
 * one asks first. `Infinity` where it refers to itself without going deeper, or in ways that are not followed here.
 */
export function schemaWork(schema: unknown, depth: number): number {
  const known = new Map<object, Map<number, number>>()
  const work = (node: unknown, left: number): number => {
    if (typeof node !== 'object' || node === null || left < 0) return 0
    const ofNode = known.get(node) ?? new Map<number, number>()
    known.set(node, ofNode)
    const earlier = ofNode.get(left)
    if (earlier !== undefined) return earlier
    // Met again before it is known: a circle.
    ofNode.set(left, Number.POSITIVE_INFINITY)
    const sum = 1 + steps(node, left)
    ofNode.set(left, sum)
    return sum
  }
  const steps = (node: object, left: number): number => {
    if ('$dynamicRef' in node || '$recursiveRef' in node || ('$id' in node && node !== schema)) return Infinity
    let sum = '$ref' in node ? work(resolve(schema, node.$ref), left) : 0
    for (const [keyword, value] of Object.entries(node)) {
      if (ASIDE.has(keyword) || typeof value !== 'object' || value === null) continue
      const inner = MAPPINGS.has(keyword) || Array.isArray(value) ? Object.values(value) : [value]
      for (const each of inner) sum += work(each, IN_PLACE.has(keyword) ? left : left - 1)
    }
    return sum
  }
  return work(schema, depth)
}

/** A place in the same schema by its JSON pointer (RFC 6901); what is named otherwise is not followed. */
function resolve(schema: unknown, reference: unknown): unknown {
  if (typeof reference !== 'string' || !/^#(?:$|\/)/.test(reference)) return { $dynamicRef: reference }
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => {
      const isInside = typeof node === 'object' && node !== null
      return isInside ? (node as Record<string, unknown>)[decodeStep(step)] : undefined
    }, schema)
}

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return step
  }
}
