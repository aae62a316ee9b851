import type { Json } from '../members.ts'

/**
 * The members of one object by Gemini's own names. Its JSON takes `parameters_json_schema` as well as
 * `parametersJsonSchema` (https://protobuf.dev/programming-guides/json/); absent and `null` members are left out.
 * What the members hold is not touched: arguments and schemas have names of their own.
 */
export function camelMembers(json: Readonly<Json>): Json {
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[camel(name), value]],
    ),
  )
}

function camel(name: string): string {
  return name.replace(/(?<=[^_])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
