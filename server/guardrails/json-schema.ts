import { createRequire } from 'node:module'
import type { GuardrailKind, Inspection } from '../core/guardrail.ts'
import { type CompiledSchema, compileSchema, parseJson, type SchemaFault, unfenced } from '../core/json-schema.ts'
import { choiceOption } from '../core/options.ts'
import { nothingFound } from './inspection.ts'

// Loaded where a text has to be mended.
const require = createRequire(import.meta.url)

const ON_INVALID = ['block', 'retry', 'repair'] as const
/** Characters of what the model is told. */
const LONGEST_ADVICE = 1000
/** Longer texts are held against the schema up to the first fault only, as there may be a fault for each character. */
const LONGEST_FOR_ALL_FAULTS = 65_536
/** Longer texts are not mended: for some, the library’s time grows with the square of their length. */
const LONGEST_REPAIR = 16_384
const CATEGORY = 'schema'

/** The reply must be JSON that is valid under a schema. */
export const jsonSchema: GuardrailKind = {
  kind: 'json-schema',
  description: 'Replies that are JSON under a schema; others are blocked, asked for once more, or mended.',
  stages: ['post'],
  actions: ['block', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    schema: {
      description:
        'JSON Schema: 2020-12, or draft-07 where `$schema` says so. `pattern` runs on RE2: look-ahead, look-behind and ' +
        'back-references are refused. `format` is not checked, and a `$ref` to another address is refused.',
      schema: { type: 'object' },
    },
    on_invalid: {
      description:
        '`block` (default): the action is taken. `retry`: the model is asked once more and told the faults. `repair`: ' +
        'JSON that was cut off, quoted wrongly, commented or wrapped in Markdown is mended, up to ' +
        `${LONGEST_REPAIR / 1024} Ki characters; if it is not valid then, the action is taken.`,
      schema: { enum: ON_INVALID },
    },
  },
  create(options) {
    const onInvalid = choiceOption(options, 'on_invalid', ON_INVALID)
    const first = compileSchema(options.schema, 'schema')
    const all = onInvalid === 'retry' ? compileSchema(options.schema, 'schema', { all: true }) : first
    return {
      kind: 'json-schema',
      takes: 'latest',
      ignores: new Set(['tool-call', 'reasoning']),
      inspect({ text }) {
        const whole = text.trim()
        const fenced = unfenced(whole)
        const parsed = parseJson(fenced ?? whole)
        const faults = parsed === null ? null : first.faults(parsed.value)
        if (faults?.length === 0) {
          if (fenced === null || onInvalid !== 'repair') return nothingFound
          return mended(fenced.trim(), 'The JSON stood in a fenced block.')
        }
        if (onInvalid === 'repair' && parsed === null) {
          const repaired = repair(whole, first)
          if (repaired !== null) return mended(repaired, 'The reply was mended to be JSON under the schema.')
        }
        const invalid: Inspection = {
          score: 1,
          category: CATEGORY,
          matches: [],
          reason: faults === null ? 'The reply is not JSON.' : `The reply breaks the schema: ${faults[0]!.message}.`,
        }
        if (onInvalid !== 'retry') return invalid
        const told = parsed !== null && text.length <= LONGEST_FOR_ALL_FAULTS ? all.faults(parsed.value) : faults
        return { ...invalid, advice: adviceFor(told) }
      },
    }
  },
}

function mended(rewritten: string, reason: string): Inspection {
  return { score: 0, category: null, matches: [], reason, rewritten }
}

/** Valid JSON out of what is nearly so; `null` where that cannot be done. */
function repair(text: string, schema: CompiledSchema): string | null {
  if (text.length > LONGEST_REPAIR) return null
  const { jsonrepair } = require('jsonrepair') as typeof import('jsonrepair')
  for (const candidate of [blockWithin(text), text]) {
    if (candidate === null) continue
    try {
      const repaired = jsonrepair(candidate)
      const parsed = parseJson(repaired)
      if (parsed !== null && schema.faults(parsed.value).length === 0) return repaired.trim()
    } catch {
      // It has no way to mend this one.
    }
  }
  return null
}

/** The first fenced block among other words, also where it was cut off. */
function blockWithin(text: string): string | null {
  const fence = text.indexOf('```')
  const start = fence < 0 ? -1 : text.indexOf('\n', fence)
  if (start < 0) return null
  const end = text.indexOf('```', start)
  return text.slice(start + 1, end < 0 ? undefined : end).trim()
}

function adviceFor(faults: readonly SchemaFault[] | null): string {
  if (faults === null) return 'Your reply was not JSON. Reply with JSON alone, without any other words.'
  const lines = faults.map(({ place, message }) => `- ${place === '' ? 'the whole' : place}: ${message}`)
  const advice = `Your reply was JSON, but broke the schema. Reply with the corrected JSON alone.\n${lines.join('\n')}`
  return advice.length > LONGEST_ADVICE ? `${advice.slice(0, LONGEST_ADVICE - 1).toWellFormed()}…` : advice
}
