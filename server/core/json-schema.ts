import { createRequire } from 'node:module'
import type { Ajv, ErrorObject, Options, ValidateFunction } from 'ajv'
import { RE2JS } from 're2js'
import stableStringify from 'safe-stable-stringify'

// A tenth of a second to load, and few configs need it.
const require = createRequire(import.meta.url)

/** A schema that values are held against. */
export interface CompiledSchema {
  /** What is wrong with a value, the first thing first; empty where nothing is. */
  faults(value: unknown): SchemaFault[]
}

export interface SchemaFault {
  /** In words of the schema alone: names and values of the value must not get into records. */
  message: string
  /** JSON pointer into the value, so of its content; empty at its root. */
  place: string
}

/**
 * Compiles a JSON Schema: 2020-12, or draft-07 where `$schema` says so. `pattern` and `patternProperties` run on RE2, and
 * `uniqueItems` on a set, so validation takes linear time but where the schema itself branches anew at every depth.
 * `format` is not checked, nothing is loaded from elsewhere, and look-ahead, look-behind and back-references are refused.
 * `all`: looks on after the first fault. Throws a TypeError that names the option.
 */
export function compileSchema(schema: unknown, option: string, { all = false } = {}): CompiledSchema {
  const validate = compile(schema, option, all)
  return {
    faults(value) {
      try {
        if (validate(value)) return []
      } catch {
        return [{ message: 'it is nested too deeply', place: '' }]
      }
      return (validate.errors as ErrorObject[]).map(({ message, schemaPath, instancePath }) => ({
        message: `${message} (${schemaPath})`,
        place: instancePath,
      }))
    },
  }
}

/** The value of a JSON text; `null` where it is none. */
export function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

const FENCE = '```'

/**
 * What stands in one block of Markdown around everything, as many models write it although they were asked for plain
 * JSON; `null` where there is no such block. The text must be trimmed.
 */
export function unfenced(text: string): string | null {
  const lineEnd = text.indexOf('\n')
  if (lineEnd < 0 || !text.startsWith(FENCE) || !text.endsWith(FENCE)) return null
  const last = text.length - FENCE.length
  const language = text.slice(FENCE.length, lineEnd).trim().toLowerCase()
  return lineEnd < last && (language === '' || language === 'json') ? text.slice(lineEnd + 1, last) : null
}

function compile(schema: unknown, option: string, all: boolean): ValidateFunction {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new TypeError(`\`${option}\` must be a JSON Schema`)
  const draft07 = '$schema' in schema && /\/draft-0[67]\//.test(String(schema.$schema))
  const { default: Validator } = require(draft07 ? 'ajv' : 'ajv/dist/2020') as {
    default: new (options: Options) => Ajv
  }
  try {
    const validator = new Validator({ ...OPTIONS, allErrors: all })
    validator.removeKeyword('uniqueItems')
    validator.addKeyword({
      keyword: 'uniqueItems',
      type: 'array',
      schemaType: 'boolean',
      validate: (asked: boolean, items: unknown[]) => !asked || areUnique(items),
      error: { message: 'must NOT have duplicate items' },
    })
    return validator.compile(schema)
  } catch (error) {
    throw new TypeError(`\`${option}\` is no JSON Schema: ${(error as Error).message}`)
  }
}

const OPTIONS: Options = {
  strict: false,
  validateFormats: false,
  logger: false,
  code: { regExp: Object.assign(linearRegExp, { code: 'linearRegExp' }) },
}

/** JSON Schema's patterns are JavaScript's. Ajv tells compiled patterns apart by their text. */
function linearRegExp(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern))
  return { test: (text) => compiled.matcher(text).find(), toString: () => pattern }
}

/** Ajv's own compares every item with every other. */
function areUnique(items: unknown[]): boolean {
  return new Set(items.map((item) => stableStringify(item))).size === items.length
}
