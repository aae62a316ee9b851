import { isObject, type Json } from './members.ts'

/** Formats of texts that Anthropic can enforce. */
const FORMATS = new Set('date-time time date duration email hostname uri ipv4 ipv6 uuid'.split(' '))

/** Keywords that Anthropic takes as they are. */
const PLAIN = new Set('type enum const description title default required $ref $schema $id'.split(' '))
/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const NESTED = new Set('items anyOf allOf properties $defs definitions'.split(' '))

/** A schema as Anthropic takes it, and whether it still says all that it said. */
export interface AcceptedSchema {
  schema: unknown
  exact: boolean
}

/**
 * A JSON schema without what Anthropic's structured outputs refuse: bounds of numbers, lengths and patterns, other
 * formats; objects are closed, `oneOf` becomes `anyOf`.
 * https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function acceptedSchema(given: unknown): AcceptedSchema {
  if (!isObject(given)) return { schema: given, exact: true }
  const schema: Json = {}
  let exact = true
  const take = (name: string, { schema: inner, exact: same }: AcceptedSchema) => {
    schema[name] = inner
    exact &&= same
  }
  for (const [name, value] of Object.entries(given)) {
    if (PLAIN.has(name)) schema[name] = value
    else if (NESTED.has(name)) take(name, acceptedNested(value, name))
    else if (name === 'oneOf') take('anyOf', acceptedNested(value, name))
    else if (name === 'format' && FORMATS.has(String(value))) schema.format = value
    else if (name === 'minItems' && (value === 0 || value === 1)) schema.minItems = value
    else if (name !== 'additionalProperties') exact = false
  }
  if (schema.type === 'object' || isObject(given.properties)) {
    schema.additionalProperties = false
    if (given.additionalProperties !== undefined && given.additionalProperties !== false) exact = false
  }
  return { schema, exact }
}

function acceptedNested(value: unknown, keyword: string): AcceptedSchema {
  if (Array.isArray(value)) {
    const inner = value.map(acceptedSchema)
    return { schema: inner.map(({ schema }) => schema), exact: inner.every(({ exact }) => exact) }
  }
  if (keyword === 'items' || !isObject(value)) return acceptedSchema(value)
  const inner = Object.entries(value).map(([name, schema]) => [name, acceptedSchema(schema)] as const)
  return {
    schema: Object.fromEntries(inner.map(([name, { schema }]) => [name, schema])),
    exact: inner.every(([, { exact }]) => exact),
  }
}
