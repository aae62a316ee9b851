import { isObject, type Json, objectsOf } from '../members.ts'
import { camelMembers } from './names.ts'

/** Limits that are int64 and so stand as text in Gemini's JSON. */
const COUNTS = ['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']

/**
 * JSON Schema out of Gemini's `Schema`, which is OpenAPI's with types in capitals and `nullable`:
 * https://ai.google.dev/api/caching#Schema
 */
export function readSchema(value: unknown): unknown {
  if (!isObject(value)) return value
  const { type, nullable, format, items, properties, anyOf, ...rest } = camelMembers(value)
  const schema: Json = { ...rest }
  for (const name of COUNTS) if (typeof schema[name] === 'string') schema[name] = Number(schema[name])
  if (typeof type === 'string' && type !== 'TYPE_UNSPECIFIED') schema.type = type.toLowerCase()
  // `enum` as a format only says that there is a list of values.
  if (format !== undefined && format !== 'enum') schema.format = format
  if (items !== undefined) schema.items = readSchema(items)
  if (isObject(properties))
    schema.properties = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, readSchema(property)]),
    )
  if (anyOf !== undefined) schema.anyOf = objectsOf(anyOf).map(readSchema)
  return nullable === true ? orNull(schema) : schema
}

function orNull(schema: Json): Json {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const values = Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {}
  return { ...schema, type: [schema.type, 'null'], ...values }
}
