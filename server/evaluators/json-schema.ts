import { createRequire } from 'node:module'
import type { Ajv, ErrorObject, Options, ValidateFunction } from 'ajv'
import { RE2JS } from 're2js'
import type { EvaluatorKind } from '../core/evaluation.ts'
import { onlyCallsTools, verdict } from './verdict.ts'

// A tenth of a second to load, and few configs need it.
const require = createRequire(import.meta.url)

/** One block of Markdown around everything, as many models write it although they were asked for plain JSON. */
const FENCED = /^```(?:json)?[ \t]*\r?\n([\s\S]*?)\r?\n?[ \t]*```$/i

/**
 * Passes a text that is JSON and valid under the schema; a single fenced block around it is accepted, and named in the
 * reason. `pattern` and `patternProperties` run on RE2, in linear time; `format` is not checked.
 */
export const jsonSchema: EvaluatorKind = {
  id: 'json-schema',
  options: { schema: 'JSON Schema: 2020-12, or draft-07 where `$schema` says so' },
  create({ schema }) {
    const validate = compile(schema)
    return {
      id: 'json-schema',
      score(reply) {
        if (onlyCallsTools(reply)) return verdict(true, 'The reply calls a tool.')
        const whole = reply.text.trim()
        const fenced = FENCED.exec(whole)?.[1]
        const parsed = parse(fenced ?? whole)
        if (parsed === null) return verdict(false, 'The reply is not JSON.')
        const within = fenced === undefined ? '' : ', in a fenced block'
        const fault = faultOf(validate, parsed.value)
        if (fault === null) return verdict(true, `The reply is JSON and valid under the schema${within}.`)
        return verdict(false, `The reply is JSON${within}, but breaks the schema: ${fault}.`)
      },
    }
  },
}

const OPTIONS: Options = {
  strict: false,
  validateFormats: false,
  logger: false,
  code: { regExp: Object.assign(linearRegExp, { code: 'linearRegExp' }) },
}

/**
 * JSON Schema's patterns are JavaScript's; what RE2 has not, e.g. look-ahead, is refused with the schema. Ajv tells
 * compiled patterns apart by their text.
 */
function linearRegExp(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern))
  return { test: (text) => compiled.matcher(text).find(), toString: () => pattern }
}

function compile(schema: unknown): ValidateFunction {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new TypeError('`schema` must be a JSON Schema')
  const draft07 = '$schema' in schema && /\/draft-0[67]\//.test(String(schema.$schema))
  const { default: Validator } = require(draft07 ? 'ajv' : 'ajv/dist/2020') as {
    default: new (options: Options) => Ajv
  }
  try {
    return new Validator(OPTIONS).compile(schema)
  } catch (error) {
    throw new TypeError(`\`schema\` is no JSON Schema: ${(error as Error).message}`)
  }
}

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** In words of the schema alone: names and values of the reply must not get into records. */
function faultOf(validate: ValidateFunction, value: unknown): string | null {
  try {
    if (validate(value)) return null
  } catch {
    return 'it is nested too deeply'
  }
  const { message, schemaPath } = (validate.errors as ErrorObject[])[0]!
  return `${message} (${schemaPath})`
}
