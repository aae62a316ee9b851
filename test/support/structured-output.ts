import { makeParseableResponseFormat } from 'openai/lib/parser'

/** The `response_format` that the SDK's `parse` takes, from a plain JSON Schema. */
export function responseFormat(name: string, schema: Record<string, unknown>) {
  return makeParseableResponseFormat(
    { type: 'json_schema', json_schema: { name, schema, strict: true } },
    (content) => JSON.parse(content) as unknown,
  )
}
